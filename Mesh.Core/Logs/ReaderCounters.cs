namespace Mesh.Core.Logs;

/// <summary>What the readers of one peer saw, for statuses and tests.</summary>
internal sealed class ReaderCounters
{
    private readonly long[] _drops = new long[Enum.GetValues<FrameDrop>().Length];

    /// <summary>Frames applied.</summary>
    public long AppliedFrames { get; set; }

    /// <summary>Records applied.</summary>
    public long AppliedRecords { get; set; }

    /// <summary>FETCH requests sent.</summary>
    public long Fetches { get; set; }

    /// <summary>Frames that came by FETCH.</summary>
    public long FetchedFrames { get; set; }

    /// <summary>How often a reader stopped to listen because it was too far behind.</summary>
    public long Demotions { get; set; }

    /// <summary>Gaps declared.</summary>
    public long Gaps { get; set; }

    /// <summary>Messages of the publisher that could not be read, or that nothing was asked for.</summary>
    public long BadMessages { get; set; }

    /// <summary>How many frames were dropped for a reason.</summary>
    /// <param name="reason">The reason.</param>
    /// <returns>The count.</returns>
    public long this[FrameDrop reason] => _drops[(int)reason];

    /// <summary>Counts a dropped frame.</summary>
    /// <param name="reason">Why it was dropped.</param>
    public void Drop(FrameDrop reason) => _drops[(int)reason]++;
}
