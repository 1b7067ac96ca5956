namespace Mesh.Core.Sessions;

/// <summary>What became of a handshake message.</summary>
internal enum HandshakeResult
{
    /// <summary>It was what it should be.</summary>
    Passed,

    /// <summary>It is no well-formed message of the expected type.</summary>
    Malformed,

    /// <summary>The sides have no version in common, or one left the range that Init offered.</summary>
    Version,

    /// <summary>It names an invite that is not known here.</summary>
    UnknownInvite,

    /// <summary>It did not open: another mesh key, another invite, a changed byte, or a weak key.</summary>
    NotOpened,

    /// <summary>Another node answered than the one that was dialled.</summary>
    WrongNode,

    /// <summary>The signature is not of the key that the id commits to.</summary>
    BadSignature,

    /// <summary>This process itself answered.</summary>
    Self,
}
