namespace Mesh.Tests.Statecharts.ScxmlOracle;

/// <summary>A transition of a random chart; without descriptors it needs no event.</summary>
internal sealed record TransitionSpec(string Source, IReadOnlyList<string> Descriptors, IReadOnlyList<string> Targets)
{
    public GuardSpec? Guard { get; init; }

    public HandlerSpec? Effect { get; init; }

    public bool IsInternal { get; init; }
}
