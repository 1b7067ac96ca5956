namespace Mesh.Core.Transport;

/// <summary>What became of a message given to <see cref="ITransportSocket.TrySend"/>.</summary>
public enum SendOutcome
{
    /// <summary>
    /// Taken over, which is no promise that it arrives: a connection that breaks loses what is queued, and a
    /// publisher loses what a slow subscriber has no room for.
    /// </summary>
    Sent,

    /// <summary>
    /// No room, or a dealer without a connection. Nothing was taken; the same message may be offered again later.
    /// </summary>
    Again,

    /// <summary>A router knows no connection of that routing id, or no longer. Nothing was taken.</summary>
    Unreachable,
}
