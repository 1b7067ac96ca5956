using Mesh.Statecharts.Definition;

namespace Mesh.Tests.Statecharts.ScxmlOracle;

/// <summary>A state of a random chart.</summary>
internal sealed record StateSpec(string Name, string? Parent, StateKind Kind)
{
    public IReadOnlyList<string> Initial { get; set; } = [];

    public HandlerSpec? Entry { get; init; }

    public HandlerSpec? Exit { get; init; }

    public HandlerSpec? Init { get; set; }
}
