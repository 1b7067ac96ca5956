namespace Mesh.Core.Sessions;

/// <summary>Why a session ended.</summary>
internal enum SessionEnd
{
    /// <summary>It has not.</summary>
    None,

    /// <summary>This side closed it.</summary>
    Closed,

    /// <summary>The peer said goodbye.</summary>
    Left,

    /// <summary>The peer ended it because of a fault on the way, and may be dialled again.</summary>
    Dropped,

    /// <summary>This side refused the peer.</summary>
    RefusedHere,

    /// <summary>The peer refused this side.</summary>
    RefusedThere,

    /// <summary>Another session of the same pair stays.</summary>
    Duplicate,

    /// <summary>A newer session of the same pair took over.</summary>
    Replaced,

    /// <summary>The peer was silent for too long.</summary>
    Lost,

    /// <summary>The peer's first message did not come in time.</summary>
    Unanswered,

    /// <summary>A message did not open: it was changed, repeated, or is missing.</summary>
    Forged,

    /// <summary>A message opened and is against the protocol.</summary>
    Malformed,

    /// <summary>The peer acknowledged bulk that was never sent, or took an acknowledgement back.</summary>
    CreditBroken,

    /// <summary>More waited for the peer than a session may hold.</summary>
    QueueFull,

    /// <summary>The link is gone.</summary>
    LinkClosed,
}
