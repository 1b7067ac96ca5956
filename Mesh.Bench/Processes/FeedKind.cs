namespace Mesh.Bench.Processes;

/// <summary>What a publisher publishes.</summary>
internal enum FeedKind
{
    /// <summary>Steps that were recorded before, put into the rings of charts as fast as they are read.</summary>
    Records,

    /// <summary>Charts that dispatch events on a thread of their own.</summary>
    Live,

    /// <summary>Frames of one size, each with a few large steps.</summary>
    Frames,

    /// <summary>A chart that makes a step now and then.</summary>
    Beats,
}
