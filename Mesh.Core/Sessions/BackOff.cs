namespace Mesh.Core.Sessions;

/// <summary>How long to wait before the next try: doubling, capped, with full jitter.</summary>
/// <param name="random">The source of jitter.</param>
/// <param name="first">The longest first delay.</param>
/// <param name="limit">The longest delay of all.</param>
internal sealed class BackOff(Random random, TimeSpan first, TimeSpan limit)
{
    private const int MaxDoublings = 30;

    /// <summary>Tries that failed since the last success.</summary>
    public int FailureCount { get; private set; }

    /// <summary>The longest delay after a number of failures, in this schedule.</summary>
    /// <param name="failureCount">0 for the first.</param>
    /// <param name="first">The longest first delay.</param>
    /// <param name="limit">The longest delay of all.</param>
    /// <returns>first × 2^failureCount, at most the limit.</returns>
    public static TimeSpan Ceiling(int failureCount, TimeSpan first, TimeSpan limit)
    {
        var ceiling = first * Math.Pow(2, Math.Min(failureCount, MaxDoublings));
        return ceiling < limit ? ceiling : limit;
    }

    /// <summary>Counts a failure and draws the delay before the next try.</summary>
    /// <returns>Anything from nothing to the ceiling.</returns>
    public TimeSpan NextDelay()
    {
        var delay = Ceiling(FailureCount, first, limit) * random.NextDouble();
        FailureCount = Math.Min(FailureCount + 1, MaxDoublings);
        return delay;
    }

    /// <summary>A try succeeded.</summary>
    public void Reset() => FailureCount = 0;
}
