using Mesh.Core.Sealing;
using Mesh.Core.Wire;

namespace Mesh.Core.Logs;

/// <summary>What a <see cref="LaneReader"/> reads, and for whom.</summary>
internal sealed record LaneReaderSetup
{
    /// <summary>The most keys of one lane that are kept.</summary>
    public const int MaxKeys = 1_024;

    /// <summary>How many refusals of a snapshot in a row are enough to go on without it.</summary>
    public const int MaxSnapshotRefusals = 3;

    /// <summary>The number of the lane.</summary>
    public required ushort Lane { get; init; }

    /// <summary>The incarnation of the publisher.</summary>
    public required ulong Incarnation { get; init; }

    /// <summary>The topic of its live frames.</summary>
    public required Topic Topic { get; init; }

    /// <summary>Opens the publisher's frames.</summary>
    public required FrameOpener Opener { get; init; }

    /// <summary>Room to read frames in, shared by the readers of one thread.</summary>
    public required FrameRoom Room { get; init; }

    /// <summary>Where the records go.</summary>
    public required IRecordSink Sink { get; init; }

    /// <summary>Where everything is counted.</summary>
    public required ReaderCounters Counters { get; init; }
}
