namespace Mesh.Core.Logs;

/// <summary>A token bucket over bytes: how fast one reader is given what it asks for.</summary>
/// <remarks>A message may overdraw the bucket; the next one then waits until the debt is paid.</remarks>
internal sealed class Pace
{
    /// <summary>The rate below which no reader is held, in bytes per second: 4 MB/s.</summary>
    public const double MinBytesPerSecond = 4_000_000;

    private const double LiveShare = 0.25;
    private const double MinBurstBytes = 128 * 1024;
    private static readonly TimeSpan Burst = TimeSpan.FromMilliseconds(50);

    private double _bytesPerSecond = MinBytesPerSecond;
    private double _tokens = BurstOf(MinBytesPerSecond);
    private TimeSpan _at;

    /// <summary>Sets the rate from that of the live lane: max(4 MB/s, a quarter of it).</summary>
    /// <param name="liveBytesPerSecond">Bytes a second that the lane publishes.</param>
    public void Follow(double liveBytesPerSecond) =>
        _bytesPerSecond = Math.Max(MinBytesPerSecond, liveBytesPerSecond * LiveShare);

    /// <summary>Tells whether something may be sent.</summary>
    /// <param name="now">Monotonic time; never goes back.</param>
    /// <returns>True when there is no debt.</returns>
    public bool IsOpen(TimeSpan now)
    {
        if (now > _at)
        {
            var earned = (now - _at).TotalSeconds * _bytesPerSecond;
            _tokens = Math.Min(_tokens + earned, BurstOf(_bytesPerSecond));
            _at = now;
        }

        return _tokens > 0;
    }

    /// <summary>Counts what was sent.</summary>
    /// <param name="bytes">Its size.</param>
    public void Take(int bytes) => _tokens -= bytes;

    /// <summary>When something may be sent again.</summary>
    /// <param name="now">Monotonic time.</param>
    /// <returns><paramref name="now"/> when it may be at once.</returns>
    public TimeSpan OpensAt(TimeSpan now) =>
        IsOpen(now) ? now : now + TimeSpan.FromSeconds(1 / _bytesPerSecond - _tokens / _bytesPerSecond);

    private static double BurstOf(double bytesPerSecond) =>
        Math.Max(MinBurstBytes, bytesPerSecond * Burst.TotalSeconds);
}
