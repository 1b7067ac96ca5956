namespace Mesh.Core.Sessions;

/// <summary>What the hub counts besides the results of handshakes.</summary>
internal enum SessionCounter
{
    /// <summary>A message that is none of the protocol's.</summary>
    UnknownMessage,

    /// <summary>A message in a session whose type is of a later version, answered by an error.</summary>
    UnknownType,

    /// <summary>A message of a link that has no handshake or session for it.</summary>
    Unexpected,

    /// <summary>An Init for which there was no room, or no key agreement left this second.</summary>
    Busy,

    /// <summary>A handshake that was not finished in time.</summary>
    HandshakeTimeout,

    /// <summary>A Nack: a hint that proves nothing.</summary>
    Nack,

    /// <summary>A peer that is pending, rejected or revoked.</summary>
    NotTrusted,

    /// <summary>A peer whose incarnation is older than one that is known.</summary>
    Stale,

    /// <summary>A second process under the identity and incarnation of one that is connected.</summary>
    Twin,

    /// <summary>A session more than there may be.</summary>
    TooMany,

    /// <summary>A session that opened.</summary>
    Opened,

    /// <summary>A session that was open and ended.</summary>
    Closed,

    /// <summary>One of two sessions of a pair, closed because the other stays.</summary>
    Duplicate,

    /// <summary>A session closed because a message did not open or was against the protocol.</summary>
    Broken,

    /// <summary>A session closed because more waited for its peer than it may hold.</summary>
    QueueFull,

    /// <summary>A session closed because its peer was silent.</summary>
    Lost,

    /// <summary>A try to dial that began.</summary>
    Dialled,

    /// <summary>This node's own timer was late, so that nobody was blamed for a while.</summary>
    TimerLate,
}
