using Mesh.Core.Wire;

namespace Mesh.Core.Sessions;

/// <summary>The times and bounds of sessions; the defaults are the protocol's.</summary>
internal sealed record SessionOptions
{
    /// <summary>A ping is sent after this much silence of one's own. Default 1 s.</summary>
    public TimeSpan PingInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Silence that makes a peer suspect. Default 3.5 s.</summary>
    public TimeSpan SuspectAfter { get; init; } = TimeSpan.FromSeconds(3.5);

    /// <summary>Silence that ends a session. Default 10 s.</summary>
    public TimeSpan LostAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A node whose own timer is later than this blames nobody for one interval. Default 1 s.</summary>
    public TimeSpan LateTolerance { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A handshake, and then the first message, may take this long. Default 3 s.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>A session is replaced by a fresh one at this age. Default 24 h.</summary>
    public TimeSpan RenewAfter { get; init; } = TimeSpan.FromHours(24);

    /// <summary>A renewal that failed is tried again after this long. Default 30 s.</summary>
    public TimeSpan RenewRetry { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The side that was dialled ends a session that was not renewed for this long. Default 10 min.</summary>
    public TimeSpan RenewGrace { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a replaced session still receives. Default 2 s.</summary>
    public TimeSpan HandoverTime { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a link stays open after a last word, so that it gets out. Default 300 ms.</summary>
    public TimeSpan LingerTime { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Two sessions of one pair that opened within this time were dialled at once. Default 2 s.</summary>
    public TimeSpan DuplicateWindow { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Timers are looked at no more often than this, unless something new asks for it. Default 5 ms.</summary>
    public TimeSpan TimerStep { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>A blocked link is tried again after this long. Default 5 ms.</summary>
    public TimeSpan SendRetry { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>Bulk bytes that may be unacknowledged, each way. Default 256 KiB.</summary>
    public int BulkWindowBytes { get; init; } = 256 * 1024;

    /// <summary>Bulk bytes after which the receiver acknowledges. Default 64 KiB.</summary>
    public int BulkStepBytes { get; init; } = 64 * 1024;

    /// <summary>Control messages that may wait in one session. Default 8 MiB.</summary>
    public int MaxQueuedBytes { get; init; } = WireLimits.MaxSessionQueueBytes;

    /// <summary>Sessions of a node. Default 1,024.</summary>
    public int MaxSessions { get; init; } = WireLimits.MaxSessions;

    /// <summary>Sessions of guests of one id. Default 16.</summary>
    public int MaxGuestsPerPeer { get; init; } = WireLimits.MaxGuestsPerNode;

    /// <summary>Handshakes that others began and have not finished. Default 64.</summary>
    public int MaxHalfOpen { get; init; } = WireLimits.MaxHalfOpenHandshakes;

    /// <summary>The part of <see cref="MaxHalfOpen"/> kept for addresses of accepted peers. Default 16.</summary>
    public int ReservedHalfOpen { get; init; } = 16;

    /// <summary>The part of <see cref="MaxHalfOpen"/> that one address may have. Default 8.</summary>
    public int MaxHalfOpenPerAddress { get; init; } = 8;

    /// <summary>
    /// Key agreements a second for others, and as many again for addresses of accepted peers. Default 50.
    /// </summary>
    public int MaxAgreementsPerSecond { get; init; } = 50;

    /// <summary>The longest first delay between tries. Default 200 ms.</summary>
    public TimeSpan BackOffFirst { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest delay between tries. Default 30 s.</summary>
    public TimeSpan BackOffLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>One address is not tried more often than this. Default 2 s.</summary>
    public TimeSpan AddressInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Addresses of one peer that are tried at once. Default 4.</summary>
    public int MaxParallelDials { get; init; } = 4;

    /// <summary>Peers that are dialled at once. Default 64.</summary>
    public int MaxDials { get; init; } = 64;

    /// <summary>A peer that left us pending is asked again after this long. Default 5 s.</summary>
    public TimeSpan PendingRetry { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a join by invite may take in all. Default 15 s.</summary>
    public TimeSpan JoinTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Checks the options once.</summary>
    /// <returns>The options themselves.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value cannot work; the message names it.</exception>
    public SessionOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(PingInterval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(SuspectAfter, PingInterval);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(LostAfter, SuspectAfter);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(HandshakeTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(RenewAfter, HandshakeTimeout);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(SendRetry, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(TimerStep, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(BulkStepBytes);
        ArgumentOutOfRangeException.ThrowIfLessThan(BulkWindowBytes, BulkStepBytes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxQueuedBytes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxSessions);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxGuestsPerPeer);
        ArgumentOutOfRangeException.ThrowIfNegative(ReservedHalfOpen);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(MaxHalfOpen, ReservedHalfOpen);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxHalfOpenPerAddress);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxAgreementsPerSecond);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(BackOffFirst, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(BackOffLimit, BackOffFirst);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxParallelDials);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxDials);
        return this;
    }
}
