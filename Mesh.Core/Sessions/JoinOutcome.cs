namespace Mesh.Core.Sessions;

/// <summary>How a join by invite ended.</summary>
internal enum JoinOutcome
{
    /// <summary>Both sides accepted each other.</summary>
    Joined,

    /// <summary>Somebody else has used the invite.</summary>
    AlreadyUsed,

    /// <summary>The invite is too old.</summary>
    Expired,

    /// <summary>Only other nodes answered than the one that made the invite; they learned nothing.</summary>
    WrongNode,

    /// <summary>Nobody answered in time, or the invite is not known there any more.</summary>
    NoAnswer,

    /// <summary>The node speaks no common version of the protocol, or so somebody there says.</summary>
    Version,

    /// <summary>The node refused for another reason.</summary>
    Refused,

    /// <summary>The inviter took this node in, but that it is accepted here could not be written down.</summary>
    NotKept,

    /// <summary>The inviter took this node in, but is in another mesh than this node can be in.</summary>
    OtherMesh,
}
