namespace Mesh.Core.Logs;

/// <summary>How long an epoch key is used, and when readers get the next one.</summary>
/// <remarks>The defaults are the protocol's.</remarks>
internal sealed record EpochLimits
{
    /// <summary>How long a key is used. Default 10 minutes.</summary>
    public TimeSpan MaxUse { get; init; } = LaneEpochs.MaxUse;

    /// <summary>How long before its first use a planned key is made. Default 30 s.</summary>
    public TimeSpan PlanAhead { get; init; } = LaneEpochs.PlanAhead;

    /// <summary>How many frames a key seals at most. Default 2^20.</summary>
    public ulong MaxFrames { get; init; } = LaneEpochs.MaxFrames;

    /// <summary>How many frames before its first use a planned key is made. Default 2^14.</summary>
    public ulong PlanAheadFrames { get; init; } = LaneEpochs.PlanAheadFrames;
}
