namespace Mesh.Core.Logs;

/// <summary>How much of a lane a publisher keeps in memory for readers that come late or lost something.</summary>
internal sealed record FrameRingLimits
{
    /// <summary>Bytes that are always kept, whatever their age. Default 16 MiB.</summary>
    public long MinBytes { get; init; } = 16L << 20;

    /// <summary>Bytes that are never exceeded, whatever the rate. Default 256 MiB.</summary>
    public long MaxBytes { get; init; } = 256L << 20;

    /// <summary>Between the two bounds a frame is kept for this time. Default 2 s.</summary>
    public TimeSpan KeepTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The greatest size of one arena segment, in bytes; at least a frame. Default 1 MiB.</summary>
    public int SegmentBytes { get; init; } = 1 << 20;

    /// <summary>Checks the bounds against one another.</summary>
    /// <returns>This record.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A bound is not positive, or the bounds cross.</exception>
    public FrameRingLimits Validated()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MinBytes);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBytes, MinBytes);
        ArgumentOutOfRangeException.ThrowIfLessThan(KeepTime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(SegmentBytes);
        return this;
    }
}
