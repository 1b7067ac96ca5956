using System.Net;

namespace Mesh.Core.Sessions;

/// <summary>Keeps the promise that no address is dialled more than once in an interval, whoever asks for it.</summary>
/// <param name="interval">The interval.</param>
internal sealed class DialPace(TimeSpan interval)
{
    private const int PruneAt = 1024;

    private readonly Dictionary<IPEndPoint, TimeSpan> _lastTries = [];

    /// <summary>When an endpoint may be dialled.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="now">The loop's time.</param>
    /// <returns>Now, or later.</returns>
    public TimeSpan AllowedAt(IPEndPoint endpoint, TimeSpan now) =>
        _lastTries.TryGetValue(endpoint, out var last) && last + interval > now ? last + interval : now;

    /// <summary>Notes that an endpoint is dialled.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="now">The loop's time.</param>
    public void Note(IPEndPoint endpoint, TimeSpan now)
    {
        if (_lastTries.Count >= PruneAt)
        {
            foreach (var (old, last) in _lastTries)
            {
                if (last + interval <= now)
                {
                    _lastTries.Remove(old);
                }
            }
        }

        _lastTries[endpoint] = now;
    }
}
