using Mesh.Statecharts.Definition;

namespace Mesh.Statecharts.Scxml;

/// <summary>A file as it was read.</summary>
internal sealed class ScxmlTree(StateNode root)
{
    /// <summary>The chart itself; its children are the outermost states.</summary>
    public StateNode Root => root;

    /// <summary>The chart's name, if the file gives one.</summary>
    public string? Name { get; init; }

    /// <summary>The name in the trace, if the file gives one.</summary>
    public string? TraceName { get; init; }

    /// <summary>Whether the data of a state get their values when it is first entered.</summary>
    public bool IsLate { get; init; }

    /// <summary>How refused events show in the spy.</summary>
    public ChartStyle Style { get; init; }
}
