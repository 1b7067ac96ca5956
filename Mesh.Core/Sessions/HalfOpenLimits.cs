using System.Net;

namespace Mesh.Core.Sessions;

/// <summary>What those who have proved nothing may cost: handshakes held open, and key agreements.</summary>
/// <remarks>
/// Addresses of accepted peers have a reserve and a bucket of their own, so that a flood of strangers does not keep
/// friends out. Where the address is not known, only the limits for all apply.
/// </remarks>
/// <param name="options">Validated options.</param>
internal sealed class HalfOpenLimits(SessionOptions options)
{
    private const int MaxAgreementsPerAddress = 20;
    private const int MaxBuckets = 1024;

    private readonly TokenBucket _strangers = new(options.MaxAgreementsPerSecond);
    private readonly TokenBucket _friends = new(options.MaxAgreementsPerSecond);
    private readonly Dictionary<IPAddress, int> _open = [];
    private readonly Dictionary<IPAddress, TokenBucket> _buckets = [];
    private TimeSpan _bucketsSince;

    /// <summary>Handshakes held open.</summary>
    public int Count { get; private set; }

    /// <summary>Asks for room and for a key agreement.</summary>
    /// <param name="address">Where the Init came from, if that is known.</param>
    /// <param name="isFriend">Whether an accepted peer lives at that address.</param>
    /// <param name="now">The loop's time.</param>
    /// <returns>Whether the handshake may go on; then <see cref="Release"/> is owed.</returns>
    public bool TryTake(IPAddress? address, bool isFriend, TimeSpan now)
    {
        var room = isFriend ? options.MaxHalfOpen : options.MaxHalfOpen - options.ReservedHalfOpen;
        if (Count >= room || !HasRoom(address) || !TryTakeAgreement(address, isFriend, now))
        {
            return false;
        }

        Count++;
        if (address is not null)
        {
            _open[address] = _open.GetValueOrDefault(address) + 1;
        }

        return true;
    }

    /// <summary>The handshake ended, one way or another.</summary>
    /// <param name="address">As it was given to <see cref="TryTake"/>.</param>
    public void Release(IPAddress? address)
    {
        Count--;
        if (address is not null && --_open[address] == 0)
        {
            _open.Remove(address);
        }
    }

    private bool HasRoom(IPAddress? address) =>
        address is null || _open.GetValueOrDefault(address) < options.MaxHalfOpenPerAddress;

    private bool TryTakeAgreement(IPAddress? address, bool isFriend, TimeSpan now)
    {
        if (isFriend)
        {
            return _friends.TryTake(now);
        }

        return (address is null || BucketOf(address, now).TryTake(now)) && _strangers.TryTake(now);
    }

    // A bucket is full again after a second: the table may forget everybody that often. The limit for all holds when
    // more addresses than the table has room for come within a second.
    private TokenBucket BucketOf(IPAddress address, TimeSpan now)
    {
        if (now - _bucketsSince >= TimeSpan.FromSeconds(1) || _buckets.Count >= MaxBuckets)
        {
            _buckets.Clear();
            _bucketsSince = now;
        }

        if (!_buckets.TryGetValue(address, out var bucket))
        {
            bucket = new TokenBucket(MaxAgreementsPerAddress);
            _buckets.Add(address, bucket);
        }

        return bucket;
    }
}
