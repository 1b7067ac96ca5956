namespace Mesh.Core.Transport;

/// <summary>What <see cref="ITransportSocket.TryReceive"/> found.</summary>
public enum ReceiveOutcome
{
    /// <summary>Nothing is waiting; the socket is no longer readable until a later poll says so.</summary>
    None,

    /// <summary>A message of the right shape was received.</summary>
    Received,

    /// <summary>
    /// A message of a wrong shape, or a piece of one with too many parts, was thrown away. More may be waiting. It
    /// counts as one unit of the caller's work, so a peer that sends endless parts cannot hold the loop.
    /// </summary>
    Dropped,
}
