using Mesh.Core.Wire.Messages;

namespace Mesh.Core.Sessions;

/// <summary>Says how far the lanes have come that a peer is attached to.</summary>
internal interface IHeads
{
    /// <summary>The heads for one ping.</summary>
    /// <param name="session">The session that the ping is for.</param>
    /// <returns>At most 64; empty when the peer is attached to nothing.</returns>
    LaneHead[] Heads(Session session);
}
