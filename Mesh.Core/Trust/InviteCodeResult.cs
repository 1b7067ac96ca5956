namespace Mesh.Core.Trust;

/// <summary>What is wrong with a text that should be an invite code.</summary>
internal enum InviteCodeResult
{
    /// <summary>Nothing: it is an invite code.</summary>
    Read = 0,

    /// <summary>A character that no code has.</summary>
    NotACode,

    /// <summary>The end is missing, or it is something else.</summary>
    TooShort,

    /// <summary>More than a code holds: something was pasted twice or behind it.</summary>
    TooLong,

    /// <summary>Made by another version of the program.</summary>
    OtherVersion,

    /// <summary>A character is wrong somewhere: the check bytes do not fit.</summary>
    Mistyped,

    /// <summary>Typed correctly, but the content is no invite: the program that made it is at fault.</summary>
    Malformed,
}
