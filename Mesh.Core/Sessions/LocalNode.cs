using Mesh.Core.Identity;
using Mesh.Core.Wire.Handshake;

namespace Mesh.Core.Sessions;

/// <summary>Who this process is in handshakes and welcomes.</summary>
/// <remarks>Changed by the loop thread only; sessions that stand keep what they were opened with.</remarks>
internal sealed class LocalNode
{
    /// <summary>The node's secrets. Owned by whoever made it.</summary>
    public required NodeIdentity Identity { get; init; }

    /// <summary>This run of the process.</summary>
    public required InstanceId Instance { get; init; }

    /// <summary>Whether this process owns the state folder or is a command beside the owner.</summary>
    public required InstanceKind Kind { get; init; }

    /// <summary>The owner's incarnation; 0 for a guest.</summary>
    public required ulong Incarnation { get; set; }

    /// <summary>The label that accepted peers see, at most 64 bytes of UTF-8.</summary>
    public required string Name { get; set; }

    /// <summary>The key that handshakes begin with.</summary>
    public required MeshKey Key { get; set; }

    /// <summary>
    /// The other generation that is accepted while the key is being changed, or after this node went to another mesh.
    /// </summary>
    public MeshKey? PreviousKey { get; set; }

    /// <summary>TCP port of sessions; 0 for a guest, who does not listen.</summary>
    public ushort SessionPort { get; set; }

    /// <summary>TCP port of frames; 0 for a guest, who publishes none.</summary>
    public ushort FramePort { get; set; }

    /// <summary>This process of this node.</summary>
    public InstanceKey InstanceKey => new(Identity.Id, Instance);
}
