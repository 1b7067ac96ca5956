using Mesh.Core.Identity;
using Mesh.Core.Trust;
using Mesh.Core.Wire.Messages;

namespace Mesh.Core.Sessions;

/// <summary>How a join by invite ended, and what it gave.</summary>
internal sealed record JoinResult
{
    /// <summary>How it ended.</summary>
    public required JoinOutcome Outcome { get; init; }

    /// <summary>The node that made the invite.</summary>
    public required NodeId Inviter { get; init; }

    /// <summary>What the inviter calls itself, when joined.</summary>
    public string Name { get; init; } = "";

    /// <summary>What this node may do there, when joined.</summary>
    public Rights Rights { get; init; }

    /// <summary>
    /// The mesh key, 32 bytes, when joined and the mesh has one. A secret, wiped when the event returns.
    /// </summary>
    public ReadOnlyMemory<byte> MeshKey { get; init; }

    /// <summary>The name of the inviter's mesh, from outside, when it has one and no key.</summary>
    public string? MeshName { get; init; }

    /// <summary>The refusal's code, when refused.</summary>
    public RefuseCode Code { get; init; }
}
