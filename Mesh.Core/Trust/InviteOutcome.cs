namespace Mesh.Core.Trust;

/// <summary>What became of the use of an invite.</summary>
internal enum InviteOutcome
{
    /// <summary>The node is accepted; the same node may use the invite again until it expires.</summary>
    Redeemed,

    /// <summary>Another node has used it.</summary>
    AlreadyUsed,

    /// <summary>It is too old.</summary>
    Expired,

    /// <summary>There is no such invite, or it was made by an earlier run of this node.</summary>
    Unknown,
}
