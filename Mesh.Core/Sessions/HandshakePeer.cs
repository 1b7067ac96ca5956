using Mesh.Core.Identity;
using Mesh.Core.Wire.Handshake;

namespace Mesh.Core.Sessions;

/// <summary>Who proved to be at the other end of a handshake.</summary>
internal sealed record HandshakePeer
{
    /// <summary>The node.</summary>
    public required NodeId Id { get; init; }

    /// <summary>The process: each run of a program has its own.</summary>
    public required InstanceId Instance { get; init; }

    /// <summary>Whether that process owns the node's state folder or is a command beside the owner.</summary>
    public required InstanceKind Kind { get; init; }

    /// <summary>The owner's incarnation; 0 for a guest.</summary>
    public required ulong Incarnation { get; init; }

    /// <summary>The Ed25519 public key that signs the node's frames, 32 bytes.</summary>
    public required ReadOnlyMemory<byte> SigningPublicKey { get; init; }

    /// <summary>The process of the node: what two sessions of one pair have in common.</summary>
    public InstanceKey Key => new(Id, Instance);
}
