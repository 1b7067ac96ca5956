namespace Mesh.Core.Logs;

/// <summary>How many bytes a second a lane publishes, over the last second or so.</summary>
internal sealed class RateMeter
{
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(500);

    private TimeSpan _windowStart;
    private double _windowBytes;
    private double _lastWindow;

    /// <summary>Counts bytes.</summary>
    /// <param name="bytes">How many were published.</param>
    /// <param name="now">Monotonic time.</param>
    public void Add(int bytes, TimeSpan now)
    {
        Roll(now);
        _windowBytes += bytes;
    }

    /// <summary>The rate.</summary>
    /// <param name="now">Monotonic time.</param>
    /// <returns>Bytes per second: the greater of the last full half second and the running one.</returns>
    public double BytesPerSecond(TimeSpan now)
    {
        Roll(now);
        return Math.Max(_lastWindow, _windowBytes) / Window.TotalSeconds;
    }

    private void Roll(TimeSpan now)
    {
        var passed = now - _windowStart;
        if (passed < Window)
        {
            return;
        }

        _lastWindow = passed < Window * 2 ? _windowBytes : 0;
        _windowBytes = 0;
        _windowStart = now;
    }
}
