namespace Mesh.Core.Sessions;

/// <summary>What a received message means to whoever owns the session.</summary>
internal enum SessionFact
{
    /// <summary>Nothing: the session dealt with it.</summary>
    None,

    /// <summary>The peer's WELCOME: the session is open. The message is that WELCOME.</summary>
    Opened,

    /// <summary>The peer's WELCOME to a side that refused it: its name is known now.</summary>
    Introduced,

    /// <summary>A message for the owner, or a PING, whose heads are for the owner.</summary>
    Message,

    /// <summary>What this side may do at the peer's has changed.</summary>
    RightsChanged,

    /// <summary>The session has ended; <see cref="Session.End"/> says why.</summary>
    Ended,
}
