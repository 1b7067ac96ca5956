using System.Net;

namespace Mesh.Core.Discovery;

/// <summary>Bounds what datagrams may cost: so many a second from one address, and so many in all.</summary>
/// <remarks>
/// The addresses of accepted peers share a budget of their own, so that strangers, who can invent addresses, do not use
/// it up.
/// </remarks>
internal sealed class SourceBudget
{
    /// <summary>Datagrams a second from one address that are looked at.</summary>
    public const int MaxPerSource = 64;

    /// <summary>
    /// Datagrams a second in all that are looked at, and as many from accepted peers: about 2 % of a core each.
    /// </summary>
    public const int MaxInAll = 1_000;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    private readonly Dictionary<IPAddress, int> _counts = [];
    private TimeSpan _windowStart;
    private int _strangersCount;
    private int _friendsCount;

    /// <summary>Takes one datagram's worth, if it is there.</summary>
    /// <param name="source">Where it came from.</param>
    /// <param name="isFriend">Whether an accepted peer is known to be there.</param>
    /// <param name="now">Monotonic.</param>
    /// <returns>False when the source, or all of its kind together, have used up this second.</returns>
    public bool TryTake(IPAddress source, bool isFriend, TimeSpan now)
    {
        if (now - _windowStart >= Window)
        {
            _windowStart = now;
            _strangersCount = 0;
            _friendsCount = 0;
            _counts.Clear();
        }

        // The counts in all bound the table too.
        ref var inAll = ref isFriend ? ref _friendsCount : ref _strangersCount;
        if (inAll >= MaxInAll)
        {
            return false;
        }

        var count = _counts.GetValueOrDefault(source);
        if (count >= MaxPerSource)
        {
            return false;
        }

        _counts[source] = count + 1;
        inAll++;
        return true;
    }
}
