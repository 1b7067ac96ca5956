namespace Mesh.Core.Sealing;

/// <summary>One step of a handshake message (Noise §7.1, §9).</summary>
internal enum NoiseToken
{
    /// <summary>The sender's ephemeral public key is sent.</summary>
    Ephemeral,

    /// <summary>The sender's static public key is sent, encrypted once there is a key.</summary>
    Static,

    /// <summary>Agreement of both ephemeral keys.</summary>
    EphemeralEphemeral,

    /// <summary>Agreement of the initiator's ephemeral and the responder's static key.</summary>
    EphemeralStatic,

    /// <summary>Agreement of the initiator's static and the responder's ephemeral key.</summary>
    StaticEphemeral,

    /// <summary>Agreement of both static keys.</summary>
    StaticStatic,

    /// <summary>The next pre-shared key is mixed in.</summary>
    PresharedKey,
}
