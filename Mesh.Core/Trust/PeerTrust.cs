using System.Net;
using Mesh.Core.Identity;

namespace Mesh.Core.Trust;

/// <summary>The row of one peer.</summary>
internal sealed record PeerTrust
{
    /// <summary>Endpoints kept for a peer, the newest first.</summary>
    public const int MaxEndpoints = 8;

    /// <summary>Who it is.</summary>
    public required NodeId Id { get; init; }

    /// <summary>What it calls itself; empty when it has not said. A label, never an identity.</summary>
    public string Name { get; init; } = "";

    /// <summary>How it stands.</summary>
    public required TrustState State { get; init; }

    /// <summary>What it may do here while it is accepted.</summary>
    public Rights Rights { get; init; }

    /// <summary>When it was decided, in milliseconds since 1970; for people.</summary>
    public long DecidedAtMs { get; init; }

    /// <summary>Where its sessions were, the newest first.</summary>
    public IReadOnlyList<IPEndPoint> Endpoints { get; init; } = [];

    /// <summary>The greatest incarnation that it has proved.</summary>
    public ulong Incarnation { get; init; }
}
