using System.Net;
using Mesh.Core.Identity;
using Mesh.Core.Trust;

namespace Mesh.Core.Sessions;

/// <summary>A join by invite: whom to dial, where, and with which secret.</summary>
internal sealed record JoinRequest
{
    /// <summary>The node that made the invite; no other learns who joins.</summary>
    public required NodeId Inviter { get; init; }

    /// <summary>Where it was when it made the invite.</summary>
    public required IReadOnlyList<IPEndPoint> Endpoints { get; init; }

    /// <summary>The invite's secret, 16 bytes; the hub copies it, the caller wipes its own.</summary>
    public required ReadOnlyMemory<byte> Secret { get; init; }

    /// <summary>
    /// Whether this node can be in the inviter's mesh: told its key, 32 bytes, or none, and its name, or null. Asked
    /// once, before the inviter is accepted here.
    /// </summary>
    public Func<ReadOnlyMemory<byte>, string?, bool> TakesMesh { get; init; } = static (_, _) => true;

    /// <summary>What the inviter may do here once joined.</summary>
    public Rights Rights { get; init; } = Rights.Watch;
}
