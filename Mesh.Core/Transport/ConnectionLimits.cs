namespace Mesh.Core.Transport;

/// <summary>What one TCP connection, and all of them together, may cost.</summary>
/// <remarks>
/// A ZeroMQ library gathers a message of many parts until its last part has come, and no option of it bounds that. So
/// bytes are <em>waiting</em> that a connection has received and that were not handed over as parts of messages:
/// unfinished messages, finished ones that nobody has taken yet, and what the system still holds.
/// </remarks>
internal static class ConnectionLimits
{
    /// <summary>Waiting bytes of a connection that nobody vouches for; a handshake has about a thousand.</summary>
    public const long MaxStrangerBytes = 512 * 1024;

    /// <summary>Waiting bytes of a connection that carries a session: the outbound queue of the other side.</summary>
    public const long MaxKnownBytes = 8 * 1024 * 1024;

    /// <summary>Waiting bytes of a subscriber's connection: a full queue of frames and what the system holds.</summary>
    public const long MaxFrameBytes = 32 * 1024 * 1024;

    /// <summary>Bytes that a publisher takes from one reader in all; a subscription has less than 64.</summary>
    public const long MaxSubscriptionBytes = 64 * 1024;

    /// <summary>Waiting bytes of all connections that were accepted; beyond it the greediest goes.</summary>
    public const long MaxWaitingBytes = 32 * 1024 * 1024;

    /// <summary>Connections that one listening socket accepts.</summary>
    public const int MaxConnections = 2_048;

    /// <summary>Connections of one address to one listening socket that nobody vouches for.</summary>
    public const int MaxStrangersPerAddress = 256;

    /// <summary>How long a connection of a router may stay without anybody vouching for it.</summary>
    public static readonly TimeSpan MaxStrangerAge = TimeSpan.FromSeconds(10);

    /// <summary>Least time between two looks at the connections that received something.</summary>
    public static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(5);
}
