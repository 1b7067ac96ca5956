using Mesh.Core.Foreign;

namespace Mesh.Node.Watching;

/// <summary>One thing that happened to a chart that is followed, with its text already made.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Hsm">The chart.</param>
internal readonly record struct ChartNews(NewsKind Kind, ForeignHsm Hsm)
{
    /// <summary>The step; of a snapshot, the state that it began in.</summary>
    public ForeignStep Step { get; init; }

    /// <summary>The state that the chart was in, for a snapshot.</summary>
    public string State { get; init; } = "";

    /// <summary>The trace line of the step; null when it has none, or nobody wants it.</summary>
    public string? TraceLine { get; init; }

    /// <summary>The spy lines of the step; empty when nobody wants them.</summary>
    public IReadOnlyList<string> SpyLines { get; init; } = [];

    /// <summary>How many steps are missing.</summary>
    public ulong MissingSteps { get; init; }

    /// <summary>Why: the reason for missing steps, or how the chart ended.</summary>
    public string Reason { get; init; } = "";
}
