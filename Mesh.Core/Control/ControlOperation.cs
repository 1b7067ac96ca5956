namespace Mesh.Core.Control;

/// <summary>What can be asked of the owner on its local socket.</summary>
internal enum ControlOperation
{
    /// <summary>The node's own status.</summary>
    Status,

    /// <summary>Every peer that is known.</summary>
    Peers,

    /// <summary>Accept a peer, with rights where they are named.</summary>
    Accept,

    /// <summary>Reject a peer.</summary>
    Reject,

    /// <summary>Revoke a peer; the keys change.</summary>
    Block,

    /// <summary>Delete the row of a peer.</summary>
    Forget,

    /// <summary>Add a static endpoint.</summary>
    Add,

    /// <summary>Make an invite code.</summary>
    Invite,

    /// <summary>Redeem an invite code.</summary>
    Join,
}
