namespace Mesh.Core.Wire.Messages;

/// <summary>Why a session is refused or ended (docs/wire-format.md §5).</summary>
internal enum RefuseCode : byte
{
    Pending = 1,
    Rejected = 2,
    Revoked = 3,

    /// <summary>The peer knows a later incarnation of the node.</summary>
    Stale = 4,
    Version = 5,
    Busy = 6,
    InviteAlreadyUsed = 7,
    InviteExpired = 8,
    DuplicateSession = 9,
    ShuttingDown = 10,
}
