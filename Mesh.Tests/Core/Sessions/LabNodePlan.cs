using System.Net;
using Mesh.Core.Identity;
using Mesh.Core.Sessions;
using Mesh.Core.Wire.Handshake;

namespace Mesh.Tests.Core.Sessions;

/// <summary>What is special about a node of the lab.</summary>
internal sealed record LabNodePlan
{
    public required string Name { get; init; }

    public required IPEndPoint Endpoint { get; init; }

    public required int Seed { get; init; }

    public NodeIdentity? Identity { get; init; }

    public InstanceKind Kind { get; init; } = InstanceKind.Owner;

    public ulong Incarnation { get; init; } = 1000;

    public MeshKey? Key { get; init; }

    /// <summary>Who decides instead of the lab's own trust, once the node's id is known.</summary>
    public Func<NodeId, ISessionTrust>? Door { get; init; }

    public SessionOptions Options { get; init; } = new();
}
