namespace Mesh.Core.Transport.LibZmq;

/// <summary>Socket options by their numbers in zmq.h; the manual page zmq_setsockopt describes each.</summary>
internal enum ZmqOption
{
    /// <summary>ZMQ_SUBSCRIBE.</summary>
    Subscribe = 6,

    /// <summary>ZMQ_UNSUBSCRIBE.</summary>
    Unsubscribe = 7,

    /// <summary>ZMQ_RCVBUF, bytes.</summary>
    ReceiveBuffer = 12,

    /// <summary>ZMQ_FD.</summary>
    Descriptor = 14,

    /// <summary>ZMQ_EVENTS.</summary>
    Events = 15,

    /// <summary>ZMQ_LINGER, ms.</summary>
    Linger = 17,

    /// <summary>ZMQ_RECONNECT_IVL, ms; -1 never.</summary>
    ReconnectInterval = 18,

    /// <summary>ZMQ_BACKLOG.</summary>
    Backlog = 19,

    /// <summary>ZMQ_MAXMSGSIZE, 64 bits.</summary>
    MaxMessageSize = 22,

    /// <summary>ZMQ_SNDHWM.</summary>
    SendHighWaterMark = 23,

    /// <summary>ZMQ_RCVHWM.</summary>
    ReceiveHighWaterMark = 24,

    /// <summary>ZMQ_LAST_ENDPOINT.</summary>
    LastEndpoint = 32,

    /// <summary>ZMQ_ROUTER_MANDATORY.</summary>
    RouterMandatory = 33,

    /// <summary>ZMQ_TCP_KEEPALIVE.</summary>
    TcpKeepAlive = 34,

    /// <summary>ZMQ_TCP_KEEPALIVE_CNT.</summary>
    TcpKeepAliveCount = 35,

    /// <summary>ZMQ_TCP_KEEPALIVE_IDLE, s.</summary>
    TcpKeepAliveIdle = 36,

    /// <summary>ZMQ_TCP_KEEPALIVE_INTVL, s.</summary>
    TcpKeepAliveInterval = 37,

    /// <summary>ZMQ_XPUB_VERBOSE.</summary>
    PublisherVerbose = 40,

    /// <summary>ZMQ_IPV6.</summary>
    Ipv6 = 42,

    /// <summary>ZMQ_HANDSHAKE_IVL, ms.</summary>
    HandshakeInterval = 66,
}
