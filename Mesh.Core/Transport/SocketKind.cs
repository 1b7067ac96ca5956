namespace Mesh.Core.Transport;

/// <summary>The four kinds of socket that the mesh uses; they speak ZMTP 3 to one another.</summary>
public enum SocketKind
{
    /// <summary>
    /// Accepts dealers and gives each connection a routing id. Messages are [routing id][payload] both ways. The
    /// routing id names a connection and nothing else: whoever sits at the other end is for the session to find out.
    /// </summary>
    Router,

    /// <summary>One connection to a router. Messages are one payload both ways, in order.</summary>
    Dealer,

    /// <summary>
    /// Publishes [topic][payload] to every subscriber that asked for a prefix of the topic, and receives one part per
    /// subscription: 0x01 + topic when somebody subscribed (each time), 0x00 + topic when nobody is left (or, with
    /// some providers, each time somebody left). Loses what a slow subscriber has no room for.
    /// </summary>
    Publisher,

    /// <summary>
    /// One connection to a publisher. Receives [topic][payload]; what was not subscribed never arrives.
    /// </summary>
    Subscriber,
}
