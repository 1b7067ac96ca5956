namespace Mesh.Core;

/// <summary>What this node knows of one other node, at one moment.</summary>
public sealed record PeerStatus
{
    /// <summary>The peer's label, escaped by whoever prints it; empty when it is not known yet.</summary>
    public required string Name { get; init; }

    /// <summary>The node id, 32 base-32 characters in groups of 4.</summary>
    public required string Id { get; init; }

    /// <summary>
    /// <c>accepted</c>, <c>pending</c>, <c>rejected</c>, <c>revoked</c> or <c>seen</c> (a beacon and no decision).
    /// </summary>
    public required string Trust { get; init; }

    /// <summary>What the peer may do here: a comma-separated list of <c>trace spy post call admin</c>.</summary>
    public string Rights { get; init; } = "";

    /// <summary>What this node may do there, as far as the peer has said; empty without a session.</summary>
    public string Granted { get; init; } = "";

    /// <summary><c>alive</c>, <c>suspect</c>, <c>lost</c>, <c>left</c>, or <c>none</c> without a session.</summary>
    public string Presence { get; init; } = "none";

    /// <summary>
    /// Address and port where the peer is reached; the address alone when only it has reached this node so far.
    /// </summary>
    public string Endpoint { get; init; } = "";

    /// <summary>Every session endpoint that is known for the peer, the newest first.</summary>
    public IReadOnlyList<string> Endpoints { get; init; } = [];

    /// <summary>Whether beacons of the peer are heard.</summary>
    public bool IsBeaconHeard { get; init; }

    /// <summary>Round trip of the session, in milliseconds.</summary>
    public double? RttMs { get; init; }

    /// <summary>Milliseconds since a beacon or a message of the peer was last accepted.</summary>
    public double? LastSeenMs { get; init; }

    /// <summary>Why the last attempt to reach or be reached failed, in a few words.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether the peer answered and does not let this node in; only a decision there can change it.</summary>
    public bool IsRefused { get; init; }

    /// <summary>Whether another node id presents the same name.</summary>
    public bool NameConflict { get; init; }
}
