using System.Diagnostics;
using System.Net.Sockets;

namespace Mesh.Core.Transport.LibZmq;

/// <summary>How each kind of socket is set up, before it binds or connects.</summary>
internal static unsafe class ZmqOptions
{
    // A session's unacknowledged bulk.
    private const int RouterBufferBytes = 256 * 1024;

    // Subscriptions of less than 64 bytes.
    private const int PublisherBufferBytes = 16 * 1024;

    /// <summary>The number of a socket type in zmq.h.</summary>
    public static int SocketType(SocketKind kind) => kind switch
    {
        SocketKind.Router => ZmqLibrary.Router,
        SocketKind.Dealer => ZmqLibrary.Dealer,
        SocketKind.Publisher => ZmqLibrary.ExtendedPublisher,
        SocketKind.Subscriber => ZmqLibrary.Subscriber,
        _ => throw new UnreachableException(),
    };

    /// <summary>Sets every option.</summary>
    public static void Apply(nint socket, SocketKind kind, AddressFamily family, SocketOptions options)
    {
        Set(socket, ZmqOption.Linger, 0);
        Set(socket, ZmqOption.ReconnectInterval, -1);
        Set(socket, ZmqOption.SendHighWaterMark, options.SendHighWaterMark);
        Set(socket, ZmqOption.ReceiveHighWaterMark, options.ReceiveHighWaterMark);
        Set(socket, ZmqOption.Backlog, options.Backlog);
        Set(socket, ZmqOption.HandshakeInterval, (int)Math.Ceiling(options.HandshakeTimeout.TotalMilliseconds));
        long maxMessageBytes = options.MaxMessageBytes;
        Set(socket, ZmqOption.MaxMessageSize, &maxMessageBytes, sizeof(long));

        // With IPv6 on, an IPv4 address needs an IPv6 socket, which a machine without IPv6 does not give.
        Set(socket, ZmqOption.Ipv6, family == AddressFamily.InterNetworkV6 ? 1 : 0);

        // A peer that lost its power closes nothing; the system's probes end its connection after about a minute.
        Set(socket, ZmqOption.TcpKeepAlive, 1);
        Set(socket, ZmqOption.TcpKeepAliveIdle, 30);
        Set(socket, ZmqOption.TcpKeepAliveInterval, 10);
        Set(socket, ZmqOption.TcpKeepAliveCount, 3);

        // What strangers send waits in their machines rather than in this one.
        if (kind == SocketKind.Router)
        {
            Set(socket, ZmqOption.ReceiveBuffer, RouterBufferBytes);
            Set(socket, ZmqOption.RouterMandatory, 1);
        }
        else if (kind == SocketKind.Publisher)
        {
            Set(socket, ZmqOption.ReceiveBuffer, PublisherBufferBytes);
            Set(socket, ZmqOption.PublisherVerbose, 1);
        }
    }

    private static void Set(nint socket, ZmqOption option, int value) => Set(socket, option, &value, sizeof(int));

    private static void Set(nint socket, ZmqOption option, void* value, nuint bytes)
    {
        var result = ZmqLibrary.SetOption(socket, option, value, bytes);
        Debug.Assert(result == 0, $"libzmq knows {option}");
    }
}
