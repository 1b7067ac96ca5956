namespace Mesh.Core.Logs;

/// <summary>A FETCH that is being answered.</summary>
/// <param name="request">The number that the reader gave it.</param>
/// <param name="lane">The lane whose frames are asked for.</param>
/// <param name="range">The frames.</param>
internal sealed class FetchJob(uint request, LaneLog lane, FrameRange range)
{
    private ulong _next = range.From;

    /// <summary>The number that the reader gave it.</summary>
    public uint Request { get; } = request;

    /// <summary>The lane whose frames are asked for.</summary>
    public LaneLog Lane { get; } = lane;

    /// <summary>The next frame that is held, below which nothing is left to send.</summary>
    /// <param name="frame">The frame as it was sealed, valid until the lane seals again.</param>
    /// <returns>False when the answer is complete.</returns>
    public bool TryPeek(out ReadOnlySpan<byte> frame)
    {
        _next = Math.Max(_next, Lane.Frames.First);
        frame = default;
        return _next <= range.To && Lane.Frames.TryGet(_next, out frame, out _);
    }

    /// <summary>Goes on to the next frame.</summary>
    public void Advance() => _next++;
}
