using System.Buffers.Binary;
using Mesh.Core.Wire;

namespace Mesh.Core.Sealing;

/// <summary>The key that the frames of one epoch of a lane are sealed under.</summary>
/// <remarks>Immutable until disposed; usable from any thread. Disposing zeroes the key.</remarks>
internal sealed class EpochKey : IDisposable
{
    /// <summary>Size of the key, in bytes.</summary>
    public const int SizeBytes = 32;

    private const int NonceBytes = 24;
    private const int FrameNumberOffset = 16;

    private readonly SecretBuffer _key;
    private readonly AeadKey _cipher;

    private EpochKey(IPrimitives primitives, SecretBuffer key)
    {
        _key = key;
        _cipher = primitives.CreateAeadKey(AeadAlgorithm.XChaCha20Poly1305, key.Span);

        Span<byte> keyId = stackalloc byte[KeyDerivation.EpochKeyIdBytes];
        KeyDerivation.DeriveEpochKeyId(key.Span, keyId);
        KeyId = BinaryPrimitives.ReadUInt128BigEndian(keyId);
    }

    /// <summary>Names the key and commits to it; stands in the header of every frame.</summary>
    public UInt128 KeyId { get; }

    /// <summary>Draws a new key.</summary>
    /// <param name="primitives">The provider of the primitives and of randomness.</param>
    /// <returns>The key; the caller disposes it.</returns>
    public static EpochKey Create(IPrimitives primitives)
    {
        ArgumentNullException.ThrowIfNull(primitives);
        var key = new SecretBuffer(SizeBytes);
        primitives.Fill(key.Span);
        return new EpochKey(primitives, key);
    }

    /// <summary>Takes over a key that its publisher granted.</summary>
    /// <param name="primitives">The provider of the primitives.</param>
    /// <param name="key">Exactly 32 bytes; the caller clears its own.</param>
    /// <returns>The key; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">The key has another length.</exception>
    public static EpochKey Import(IPrimitives primitives, ReadOnlySpan<byte> key)
    {
        ArgumentNullException.ThrowIfNull(primitives);
        KeySize.Require(key, SizeBytes, nameof(key));
        return new EpochKey(primitives, new SecretBuffer(key));
    }

    /// <summary>Copies the key out, to grant it to a reader or to seal it for a journal.</summary>
    /// <param name="destination">Exactly 32 bytes; the caller clears it.</param>
    public void CopyTo(Span<byte> destination)
    {
        KeySize.Require(destination, SizeBytes, nameof(destination));
        _key.Span.CopyTo(destination);
    }

    /// <summary>Zeroes the key.</summary>
    public void Dispose()
    {
        _key.Dispose();
        _cipher.Dispose();
    }

    /// <summary>Seals a frame's records.</summary>
    /// <param name="header">Salt and frame number make the nonce.</param>
    /// <param name="associatedData">What is authenticated with them.</param>
    /// <param name="plaintext">The records.</param>
    /// <param name="ciphertext">Exactly 16 bytes longer.</param>
    internal void Seal(
        in FrameHeader header,
        ReadOnlySpan<byte> associatedData,
        ReadOnlySpan<byte> plaintext,
        Span<byte> ciphertext)
    {
        Span<byte> nonce = stackalloc byte[NonceBytes];
        WriteNonce(header, nonce);
        _cipher.Seal(nonce, associatedData, plaintext, ciphertext);
    }

    /// <summary>Opens a frame's records.</summary>
    /// <param name="header">Salt and frame number make the nonce.</param>
    /// <param name="associatedData">What is authenticated with them.</param>
    /// <param name="ciphertext">Untrusted.</param>
    /// <param name="plaintext">Exactly 16 bytes shorter.</param>
    /// <returns><see langword="false"/> for a forgery.</returns>
    internal bool TryOpen(
        in FrameHeader header,
        ReadOnlySpan<byte> associatedData,
        ReadOnlySpan<byte> ciphertext,
        Span<byte> plaintext)
    {
        Span<byte> nonce = stackalloc byte[NonceBytes];
        WriteNonce(header, nonce);
        return _cipher.Open(nonce, associatedData, ciphertext, plaintext);
    }

    private static void WriteNonce(in FrameHeader header, Span<byte> nonce)
    {
        BinaryPrimitives.WriteUInt128BigEndian(nonce, header.Salt);
        BinaryPrimitives.WriteUInt64BigEndian(nonce[FrameNumberOffset..], header.FrameNumber);
    }
}
