using System.Net;

namespace Mesh.Core.Discovery;

/// <summary>Bounds what datagrams may cost: so many a second from one address, and so many in all.</summary>
internal sealed class SourceBudget
{
    /// <summary>Datagrams a second from one address that are looked at.</summary>
    public const int MaxPerSource = 64;

    /// <summary>Datagrams a second in all that are looked at: about 2 % of a core.</summary>
    public const int MaxInAll = 1_000;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    private readonly Dictionary<IPAddress, int> _counts = [];
    private TimeSpan _windowStart;
    private int _count;

    /// <summary>Takes one datagram's worth, if it is there.</summary>
    /// <param name="source">Where it came from.</param>
    /// <param name="now">Monotonic.</param>
    /// <returns>False when the source or all together have used up this second.</returns>
    public bool TryTake(IPAddress source, TimeSpan now)
    {
        if (now - _windowStart >= Window)
        {
            _windowStart = now;
            _count = 0;
            _counts.Clear();
        }

        // The count in all bounds the table too.
        if (_count >= MaxInAll)
        {
            return false;
        }

        var count = _counts.GetValueOrDefault(source);
        if (count >= MaxPerSource)
        {
            return false;
        }

        _counts[source] = count + 1;
        _count++;
        return true;
    }
}
