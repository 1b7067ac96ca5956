namespace Mesh.Core.Sessions;

/// <summary>Remembers when each of many things was last done, so that none is done twice in an interval.</summary>
/// <typeparam name="TKey">What is done: an endpoint or an address is dialled.</typeparam>
/// <param name="interval">The interval.</param>
internal sealed class PaceTable<TKey>(TimeSpan interval)
    where TKey : notnull
{
    private const int PruneAt = 1024;

    private readonly Dictionary<TKey, TimeSpan> _lastTimes = [];

    /// <summary>When it may be done.</summary>
    /// <param name="key">What.</param>
    /// <param name="now">The loop's time.</param>
    /// <returns>Now, or later.</returns>
    public TimeSpan AllowedAt(TKey key, TimeSpan now) =>
        _lastTimes.TryGetValue(key, out var last) && last + interval > now ? last + interval : now;

    /// <summary>Notes that it is done.</summary>
    /// <param name="key">What.</param>
    /// <param name="now">The loop's time.</param>
    public void Note(TKey key, TimeSpan now)
    {
        if (_lastTimes.Count >= PruneAt)
        {
            foreach (var (old, last) in _lastTimes)
            {
                if (last + interval <= now)
                {
                    _lastTimes.Remove(old);
                }
            }
        }

        _lastTimes[key] = now;
    }
}
