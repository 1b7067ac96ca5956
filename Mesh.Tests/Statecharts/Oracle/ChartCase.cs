namespace Mesh.Tests.Statecharts.Oracle;

/// <summary>A chart, what happens to it, and the whole of what it must print.</summary>
internal sealed record ChartCase
{
    /// <summary>The short name of the case.</summary>
    public string Id { get; init; } = "";

    /// <summary>What the case shows.</summary>
    public string Title { get; init; } = "";

    /// <summary>What the case was recorded on.</summary>
    public CaseHost Host { get; init; }

    /// <summary>The chart.</summary>
    public required ChartSpec Chart { get; init; }

    /// <summary>What happens, see <see cref="OracleChart.Run"/>.</summary>
    public required IReadOnlyList<string> Script { get; init; }

    /// <summary>The state in which the chart must end.</summary>
    public string Final { get; init; } = "";

    /// <summary>The whole spy.</summary>
    public IReadOnlyList<string> Spy { get; init; } = [];

    /// <summary>The whole trace, without time stamps.</summary>
    public IReadOnlyList<string> Trace { get; init; } = [];

    /// <summary>
    /// The whole live output, <c>S</c> before a spy line and <c>T</c> before a trace text; null: not recorded.
    /// </summary>
    public IReadOnlyList<string>? Live { get; init; }

    /// <summary>The case as JSON on one line, fit to be put into a case file.</summary>
    public override string ToString() => CaseFiles.Write(this);
}
