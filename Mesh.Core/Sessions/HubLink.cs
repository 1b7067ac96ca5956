using System.Net;

namespace Mesh.Core.Sessions;

/// <summary>What the hub knows about one link: a handshake under way, then the session that followed it.</summary>
internal sealed class HubLink
{
    /// <summary>The link itself.</summary>
    public required ISessionLink Link { get; init; }

    /// <summary>The routing id; <see langword="null"/> for a dialled link.</summary>
    public byte[]? RoutingId { get; init; }

    /// <summary>Where the peer dialled from, if that is known; <see langword="null"/> for a dialled link.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>The endpoint that was dialled; <see langword="null"/> for others.</summary>
    public IPEndPoint? Endpoint { get; init; }

    /// <summary>Why it was dialled; <see langword="null"/> for others.</summary>
    public DialAttempt? Attempt { get; init; }

    /// <summary>The handshake that the peer began, until it is done.</summary>
    public ResponderHandshake? Responder { get; set; }

    /// <summary>The handshake that this side began, until it is done.</summary>
    public InitiatorHandshake? Initiator { get; set; }

    /// <summary>The session, once the handshake is done.</summary>
    public Session? Session { get; set; }

    /// <summary>When the handshake began.</summary>
    public TimeSpan BeganAt { get; init; }

    /// <summary>A handshake message that the link had no room for yet; empty when there is none.</summary>
    public byte[] Unsent { get; set; } = [];

    /// <summary>When to offer <see cref="Unsent"/> again.</summary>
    public TimeSpan RetryAt { get; set; }

    /// <summary>Whether the peer was refused as pending and the owner is still to be told.</summary>
    public bool IsPending { get; set; }

    /// <summary>Whether the owner was told that the session is open.</summary>
    public bool IsAnnounced { get; set; }

    /// <summary>Whether the owner was told that the session is over.</summary>
    public bool IsReported { get; set; }

    /// <summary>When the session makes room for the one that took over; the greatest time when none did.</summary>
    public TimeSpan RetireAt { get; set; } = TimeSpan.MaxValue;

    /// <summary>When this side dials a session to take over from this one.</summary>
    public TimeSpan RenewAt { get; set; } = TimeSpan.MaxValue;

    /// <summary>Whether the hub has let go of it.</summary>
    public bool IsGone { get; set; }

    /// <summary>Whether a handshake is under way.</summary>
    public bool IsHalfOpen => Responder is not null || Initiator is not null;
}
