namespace Mesh.Core.Sessions;

/// <summary>The sides of a handshake, as signatures name them.</summary>
internal enum HandshakeRole : byte
{
    /// <summary>The side that dialled.</summary>
    Initiator = 0,

    /// <summary>The side that was dialled.</summary>
    Responder = 1,
}
