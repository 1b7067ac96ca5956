using System.Runtime.InteropServices;

namespace Mesh.Core.Sealing.LibSodium;

/// <summary>The functions of libsodium that are used: all of them stable and present since 1.0.12.</summary>
internal static partial class LibSodiumNative
{
    /// <summary>The name that the loader asks for; <see cref="LibSodiumLoader"/> knows the real file names.</summary>
    public const string Library = "libsodium";

    /// <summary>Starts the library; idempotent and thread-safe.</summary>
    /// <returns>0 or 1 when it can be used, negative when not.</returns>
    [LibraryImport(Library, EntryPoint = "sodium_init")]
    public static partial int Initialize();

    /// <summary>The version.</summary>
    /// <returns>A static, zero-terminated text such as "1.0.18".</returns>
    [LibraryImport(Library, EntryPoint = "sodium_version_string")]
    public static partial nint VersionString();

    /// <summary>The public key of an X25519 secret.</summary>
    /// <param name="publicKey">32 bytes, written.</param>
    /// <param name="secret">32 bytes.</param>
    /// <returns>0.</returns>
    [LibraryImport(Library, EntryPoint = "crypto_scalarmult_curve25519_base")]
    public static partial int AgreementPublicKey(Span<byte> publicKey, ReadOnlySpan<byte> secret);

    /// <summary>X25519.</summary>
    /// <param name="shared">32 bytes, written.</param>
    /// <param name="secret">32 bytes.</param>
    /// <param name="publicKey">32 bytes.</param>
    /// <returns>0, or -1 when the result is all zero.</returns>
    [LibraryImport(Library, EntryPoint = "crypto_scalarmult_curve25519")]
    public static partial int Agree(Span<byte> shared, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> publicKey);

    /// <summary>The Ed25519 key pair of a seed.</summary>
    /// <param name="publicKey">32 bytes, written.</param>
    /// <param name="secret">64 bytes, written: the seed and the public key.</param>
    /// <param name="seed">32 bytes.</param>
    /// <returns>0.</returns>
    [LibraryImport(Library, EntryPoint = "crypto_sign_ed25519_seed_keypair")]
    public static partial int SigningKeyPair(Span<byte> publicKey, Span<byte> secret, ReadOnlySpan<byte> seed);

    /// <summary>Signs.</summary>
    /// <param name="signature">64 bytes, written.</param>
    /// <param name="signatureBytes">Always null: the size is known.</param>
    /// <param name="message">The message.</param>
    /// <param name="messageBytes">Its length.</param>
    /// <param name="secret">64 bytes.</param>
    /// <returns>0.</returns>
    [LibraryImport(Library, EntryPoint = "crypto_sign_ed25519_detached")]
    public static partial int Sign(
        Span<byte> signature,
        nint signatureBytes,
        ReadOnlySpan<byte> message,
        ulong messageBytes,
        ReadOnlySpan<byte> secret);

    /// <summary>Verifies.</summary>
    /// <param name="signature">64 bytes.</param>
    /// <param name="message">The message.</param>
    /// <param name="messageBytes">Its length.</param>
    /// <param name="publicKey">32 bytes.</param>
    /// <returns>0 when the signature is good, else -1.</returns>
    [LibraryImport(Library, EntryPoint = "crypto_sign_ed25519_verify_detached")]
    public static partial int Verify(
        ReadOnlySpan<byte> signature,
        ReadOnlySpan<byte> message,
        ulong messageBytes,
        ReadOnlySpan<byte> publicKey);

    /// <summary>Seals with XChaCha20-Poly1305 (24-byte nonce).</summary>
    /// <param name="ciphertext">The plaintext's length and 16 bytes, written.</param>
    /// <param name="ciphertextBytes">Always null: the size is known.</param>
    /// <param name="plaintext">The plaintext; may start where the ciphertext does.</param>
    /// <param name="plaintextBytes">Its length.</param>
    /// <param name="associatedData">The associated data.</param>
    /// <param name="associatedDataBytes">Its length.</param>
    /// <param name="secretNonce">Always null: unused by this cipher.</param>
    /// <param name="nonce">24 bytes.</param>
    /// <param name="key">32 bytes.</param>
    /// <returns>0.</returns>
    [LibraryImport(Library, EntryPoint = "crypto_aead_xchacha20poly1305_ietf_encrypt")]
    public static partial int SealXChaCha(
        Span<byte> ciphertext,
        nint ciphertextBytes,
        ReadOnlySpan<byte> plaintext,
        ulong plaintextBytes,
        ReadOnlySpan<byte> associatedData,
        ulong associatedDataBytes,
        nint secretNonce,
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> key);

    /// <summary>Opens with XChaCha20-Poly1305 (24-byte nonce).</summary>
    /// <param name="plaintext">The ciphertext's length less 16 bytes, written.</param>
    /// <param name="plaintextBytes">Always null: the size is known.</param>
    /// <param name="secretNonce">Always null: unused by this cipher.</param>
    /// <param name="ciphertext">The ciphertext.</param>
    /// <param name="ciphertextBytes">Its length.</param>
    /// <param name="associatedData">The associated data.</param>
    /// <param name="associatedDataBytes">Its length.</param>
    /// <param name="nonce">24 bytes.</param>
    /// <param name="key">32 bytes.</param>
    /// <returns>0, or -1 for a forgery.</returns>
    [LibraryImport(Library, EntryPoint = "crypto_aead_xchacha20poly1305_ietf_decrypt")]
    public static partial int OpenXChaCha(
        Span<byte> plaintext,
        nint plaintextBytes,
        nint secretNonce,
        ReadOnlySpan<byte> ciphertext,
        ulong ciphertextBytes,
        ReadOnlySpan<byte> associatedData,
        ulong associatedDataBytes,
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> key);

    /// <summary>Seals with ChaCha20-Poly1305 (12-byte nonce).</summary>
    /// <param name="ciphertext">The plaintext's length and 16 bytes, written.</param>
    /// <param name="ciphertextBytes">Always null: the size is known.</param>
    /// <param name="plaintext">The plaintext; may start where the ciphertext does.</param>
    /// <param name="plaintextBytes">Its length.</param>
    /// <param name="associatedData">The associated data.</param>
    /// <param name="associatedDataBytes">Its length.</param>
    /// <param name="secretNonce">Always null: unused by this cipher.</param>
    /// <param name="nonce">12 bytes.</param>
    /// <param name="key">32 bytes.</param>
    /// <returns>0.</returns>
    [LibraryImport(Library, EntryPoint = "crypto_aead_chacha20poly1305_ietf_encrypt")]
    public static partial int SealChaCha(
        Span<byte> ciphertext,
        nint ciphertextBytes,
        ReadOnlySpan<byte> plaintext,
        ulong plaintextBytes,
        ReadOnlySpan<byte> associatedData,
        ulong associatedDataBytes,
        nint secretNonce,
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> key);

    /// <summary>Opens with ChaCha20-Poly1305 (12-byte nonce).</summary>
    /// <param name="plaintext">The ciphertext's length less 16 bytes, written.</param>
    /// <param name="plaintextBytes">Always null: the size is known.</param>
    /// <param name="secretNonce">Always null: unused by this cipher.</param>
    /// <param name="ciphertext">The ciphertext.</param>
    /// <param name="ciphertextBytes">Its length.</param>
    /// <param name="associatedData">The associated data.</param>
    /// <param name="associatedDataBytes">Its length.</param>
    /// <param name="nonce">12 bytes.</param>
    /// <param name="key">32 bytes.</param>
    /// <returns>0, or -1 for a forgery.</returns>
    [LibraryImport(Library, EntryPoint = "crypto_aead_chacha20poly1305_ietf_decrypt")]
    public static partial int OpenChaCha(
        Span<byte> plaintext,
        nint plaintextBytes,
        nint secretNonce,
        ReadOnlySpan<byte> ciphertext,
        ulong ciphertextBytes,
        ReadOnlySpan<byte> associatedData,
        ulong associatedDataBytes,
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> key);
}
