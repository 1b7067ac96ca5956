namespace Mesh.Core.Sessions;

/// <summary>What a link did with a message.</summary>
internal enum LinkSend
{
    /// <summary>Taken over; no promise that it arrives.</summary>
    Sent,

    /// <summary>No room now; nothing was taken, and the same bytes are to be offered again.</summary>
    Again,

    /// <summary>The link is gone and never takes anything again.</summary>
    Closed,
}
