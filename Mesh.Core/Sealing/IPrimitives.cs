using System.Security.Cryptography;

namespace Mesh.Core.Sealing;

/// <summary>The cryptographic primitives that .NET does not have; one provider per library.</summary>
/// <remarks>
/// SHA-256, HMAC and HKDF come from .NET; of them only the hash of a frame passes the seam, to be left out where the
/// cost of sealing is measured. A provider is stateless and may be used from
/// any thread. Nothing allocates except the methods that create a key, and an agreement where the library wants objects
/// for it (at most 256 bytes); keys are made once and kept.
/// </remarks>
internal interface IPrimitives
{
    /// <summary>The library and its version, for people ("libsodium 1.0.18").</summary>
    string Name { get; }

    /// <summary>Makes an X25519 key pair (RFC 7748).</summary>
    /// <param name="secret">Exactly 32 bytes, of any value; copied, the caller clears its own.</param>
    /// <returns>The key; the caller disposes it.</returns>
    AgreementKey CreateAgreementKey(ReadOnlySpan<byte> secret);

    /// <summary>Makes an Ed25519 key pair (RFC 8032).</summary>
    /// <param name="seed">Exactly 32 bytes; copied, the caller clears its own.</param>
    /// <returns>The key; the caller disposes it.</returns>
    SigningKey CreateSigningKey(ReadOnlySpan<byte> seed);

    /// <summary>Makes a key of an authenticated cipher.</summary>
    /// <param name="algorithm">Which cipher the key is for.</param>
    /// <param name="key">Exactly 32 bytes; copied, the caller clears its own.</param>
    /// <returns>The key; the caller disposes it.</returns>
    AeadKey CreateAeadKey(AeadAlgorithm algorithm, ReadOnlySpan<byte> key);

    /// <summary>Hashes what a frame's signature covers: SHA-256, which .NET has and the fastest.</summary>
    /// <param name="message">Any length.</param>
    /// <param name="digest">Exactly 32 bytes.</param>
    void Hash(ReadOnlySpan<byte> message, Span<byte> digest) => SHA256.HashData(message, digest);

    /// <summary>Verifies an Ed25519 signature.</summary>
    /// <param name="publicKey">The signer's public key, untrusted, any length.</param>
    /// <param name="message">What was signed, any length.</param>
    /// <param name="signature">The signature, untrusted, any length.</param>
    /// <returns>
    /// <see langword="false"/> when a length is wrong, the key is not a point or of small order, S is not reduced, or
    /// the signature is another's.
    /// </returns>
    bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature);

    /// <summary>Fills a buffer with bytes that nobody can guess: the only source of keys and nonces.</summary>
    /// <param name="destination">Any length.</param>
    void Fill(Span<byte> destination);
}
