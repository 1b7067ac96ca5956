namespace Mesh.Tests.Statecharts.Oracle;

/// <summary>A chart as plain data, which both the oracle and the real builder can be fed with.</summary>
internal sealed record ChartSpec
{
    /// <summary>The name in the trace; null when the chart is to be named after its start state.</summary>
    public string? Name { get; init; }

    /// <summary>How the handlers are written.</summary>
    public SpecStyle Style { get; init; }

    /// <summary>All states, superstates before their substates.</summary>
    public required IReadOnlyList<StateSpec> States { get; init; }
}
