namespace Mesh.Core.Sessions;

/// <summary>What the last answered pings say about the way to a peer and about its clock.</summary>
/// <remarks>
/// The offset is taken from the quickest of the last 8 answers, because an answer that waited in a queue says little
/// about the clock. A peer may lie about its own clock, never about the round trip.
/// </remarks>
internal sealed class ClockEstimate
{
    private const int MaxOutstanding = 8;
    private const int MaxSamples = 8;

    private readonly (uint Token, long SentMicroseconds)[] _outstanding = new (uint, long)[MaxOutstanding];
    private readonly (long RoundTrip, long Offset)[] _samples = new (long, long)[MaxSamples];
    private uint _lastToken;
    private int _sampleCount;

    /// <summary>Whether a ping was answered yet.</summary>
    public bool HasSample => _sampleCount > 0;

    /// <summary>The round trip of the last answer.</summary>
    public TimeSpan RoundTrip { get; private set; }

    /// <summary>Add it to this node's monotonic clock to get the peer's.</summary>
    public TimeSpan Offset { get; private set; }

    /// <summary>Notes a ping about to be sent.</summary>
    /// <param name="nowMicroseconds">This node's monotonic clock.</param>
    /// <returns>The token to send.</returns>
    public uint Sent(long nowMicroseconds)
    {
        _lastToken = _lastToken == uint.MaxValue ? 1 : _lastToken + 1;
        _outstanding[_lastToken % MaxOutstanding] = (_lastToken, nowMicroseconds);
        return _lastToken;
    }

    /// <summary>Takes an answer.</summary>
    /// <param name="token">The token, untrusted.</param>
    /// <param name="peerMicroseconds">The peer's clock, untrusted.</param>
    /// <param name="nowMicroseconds">This node's monotonic clock.</param>
    /// <returns><see langword="false"/> when no such ping is outstanding.</returns>
    public bool TryAnswered(uint token, long peerMicroseconds, long nowMicroseconds)
    {
        ref var sent = ref _outstanding[token % MaxOutstanding];
        if (token == 0 || sent.Token != token)
        {
            return false;
        }

        var roundTrip = Math.Max(0, nowMicroseconds - sent.SentMicroseconds);
        var offset = unchecked(peerMicroseconds - (sent.SentMicroseconds + (roundTrip / 2)));
        sent = default;
        _samples[_sampleCount % MaxSamples] = (roundTrip, offset);
        _sampleCount = _sampleCount == 2 * MaxSamples ? MaxSamples + 1 : _sampleCount + 1;
        RoundTrip = TimeSpan.FromMicroseconds(roundTrip);
        Offset = ToTimeSpan(Quickest().Offset);
        return true;
    }

    private (long RoundTrip, long Offset) Quickest()
    {
        var best = _samples[0];
        foreach (var sample in _samples.AsSpan(0, Math.Min(_sampleCount, MaxSamples)))
        {
            best = sample.RoundTrip < best.RoundTrip ? sample : best;
        }

        return best;
    }

    // A lying peer may be millions of years away: no overflow for that.
    private static TimeSpan ToTimeSpan(long microseconds)
    {
        const long Limit = long.MaxValue / TimeSpan.TicksPerMicrosecond;
        return new TimeSpan(Math.Clamp(microseconds, -Limit, Limit) * TimeSpan.TicksPerMicrosecond);
    }
}
