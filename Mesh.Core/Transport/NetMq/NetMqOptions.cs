using System.Net.Sockets;

namespace Mesh.Core.Transport.NetMq;

/// <summary>How each kind of socket is set up, before it binds or connects: later has no effect.</summary>
internal static class NetMqOptions
{
    // NetMQ keeps subscriptions in a tree that it walks by recursion, a call a byte: one of 300 KB is a stack overflow,
    // which ends the process. Topics of the mesh have 16 bytes.
    private const int MaxSubscriptionBytes = 256;

    /// <summary>Sets every option.</summary>
    /// <param name="target">The options of a new socket.</param>
    /// <param name="kind">What the socket is.</param>
    /// <param name="family">Of the address that it is for.</param>
    /// <param name="options">The limits. NetMQ has no limit of time for a greeting.</param>
    public static void Apply(
        NetMQ.SocketOptions target, SocketKind kind, AddressFamily family, SocketOptions options)
    {
        target.Linger = TimeSpan.Zero;
        target.ReconnectInterval = TimeSpan.FromMilliseconds(-1);
        target.SendHighWatermark = options.SendHighWaterMark;
        target.ReceiveHighWatermark = options.ReceiveHighWaterMark;
        target.Backlog = options.Backlog;
        target.IPv4Only = family != AddressFamily.InterNetworkV6;
        target.MaxMsgSize = kind == SocketKind.Publisher
            ? Math.Min(options.MaxMessageBytes, MaxSubscriptionBytes)
            : options.MaxMessageBytes;

        // A peer that lost its power closes nothing; the system's probes end its connection after about a minute.
        target.TcpKeepalive = true;
        target.TcpKeepaliveIdle = TimeSpan.FromSeconds(30);
        target.TcpKeepaliveInterval = TimeSpan.FromSeconds(10);
        target.TcpKeepaliveCnt = 3;

        if (kind == SocketKind.Router)
        {
            target.RouterMandatory = true;
        }
        else if (kind == SocketKind.Publisher)
        {
            target.XPubVerbose = true;
        }
    }
}
