namespace Mesh.Core.Sessions;

/// <summary>The life of a <see cref="Session"/>.</summary>
/// <remarks>
/// <code>
/// Opening ──both said WELCOME──▶ Open ──fault, silence, the peer's BYE──▶ Ended
///    │                             │                                        ▲
///    └──────own REFUSE or BYE──────┴──────▶ Closing ──linger time───────────┘
/// </code>
/// </remarks>
internal enum SessionState
{
    /// <summary>The handshake is done; this side has said WELCOME and waits for the other's.</summary>
    Opening,

    /// <summary>Both sides have said WELCOME.</summary>
    Open,

    /// <summary>This side has said its last word, which is given time to get out.</summary>
    Closing,

    /// <summary>Over; the link is closed and the keys are gone.</summary>
    Ended,
}
