using System.Net;

namespace Mesh.Core.Transport.LibZmq;

/// <summary>One TCP connection under a socket of libzmq, as the guard knows it.</summary>
/// <param name="watch">Whose connection it is.</param>
/// <param name="descriptor">libzmq's descriptor, which may belong to something else by now.</param>
/// <param name="cookie">Tells whether it does.</param>
/// <param name="address">Where the connection comes from or leads to.</param>
/// <param name="since">When it was first seen, or lost who vouched for it.</param>
internal sealed class GuardedConnection(
    SocketWatch watch, int descriptor, ulong cookie, IPAddress address, TimeSpan since)
{
    private long _received;
    private long _delivered;

    /// <summary>Whose connection it is.</summary>
    public SocketWatch Watch { get; } = watch;

    /// <summary>libzmq's descriptor.</summary>
    public int Descriptor { get; } = descriptor;

    /// <summary>The other end.</summary>
    public IPAddress Address { get; } = address;

    /// <summary>The guard's number for it.</summary>
    public ulong Token { get; set; }

    /// <summary>When it was first seen, or lost who vouched for it.</summary>
    public TimeSpan Since { get; set; } = since;

    /// <summary>Whether it carries a session.</summary>
    public bool IsKnown { get; set; }

    /// <summary>The routing id of its messages, once one has come.</summary>
    public byte[]? RoutingId { get; set; }

    /// <summary>Whether the descriptor still leads to this connection.</summary>
    public bool IsThere => SocketCalls.CookieOf(Descriptor) == cookie;

    /// <summary>Bytes that were received and not handed over, as of the last look; subscriptions all count.</summary>
    public long Waiting => Watch.Kind == SocketKind.Publisher ? _received : Math.Max(0, _received - _delivered);

    /// <summary>How many bytes may wait.</summary>
    public long Limit => Watch.Kind switch
    {
        SocketKind.Publisher => ConnectionLimits.MaxSubscriptionBytes,
        SocketKind.Subscriber => ConnectionLimits.MaxFrameBytes,
        _ => IsKnown ? ConnectionLimits.MaxKnownBytes : ConnectionLimits.MaxStrangerBytes,
    };

    /// <summary>Notes a part of a message that was handed over, with its least header.</summary>
    public void Deliver(int partBytes) => _delivered += partBytes + (partBytes > byte.MaxValue ? 9 : 2);

    /// <summary>Reads how much was received.</summary>
    public void Look()
    {
        _received = Math.Max(_received, SocketCalls.BytesReceivedOf(Descriptor));

        // A part of an earlier connection of the descriptor gives no credit to this one.
        _delivered = Math.Min(_delivered, _received);
    }
}
