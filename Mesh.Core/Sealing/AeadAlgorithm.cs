namespace Mesh.Core.Sealing;

/// <summary>The two authenticated ciphers that MESH/1 uses.</summary>
internal enum AeadAlgorithm
{
    /// <summary>XChaCha20-Poly1305, 24-byte nonce: beacons, frames, journal keys (draft-irtf-cfrg-xchacha).</summary>
    XChaCha20Poly1305,

    /// <summary>ChaCha20-Poly1305, 12-byte nonce: inside Noise (RFC 8439 §2.8).</summary>
    ChaCha20Poly1305,
}
