namespace Mesh.Core.Sealing;

/// <summary>Seals small things that stand alone under a lasting key: beacons, and the keys of a journal.</summary>
/// <remarks>
/// XChaCha20-Poly1305 with 24 random bytes as nonce, in front of the ciphertext: so many that drawing them at random is
/// safe for any number of messages. Says nothing of order; a replay is the caller's to find. Usable from any thread;
/// allocates nothing.
/// <code>
/// offset  size  field
///      0    24  nonce
///     24     n  ciphertext
///   24+n    16  tag
/// </code>
/// </remarks>
/// <param name="primitives">The provider of randomness.</param>
/// <param name="key">An XChaCha20-Poly1305 key. Stays the caller's; must outlive this object.</param>
internal sealed class RandomNonceCipher(IPrimitives primitives, AeadKey key)
{
    /// <summary>How much longer than its plaintext a sealed text is, in bytes.</summary>
    public const int OverheadBytes = NonceBytes + AeadKey.TagBytes;

    private const int NonceBytes = 24;

    /// <summary>Seals.</summary>
    /// <param name="associatedData">Authenticated, not encrypted: the fields in front of a beacon's body.</param>
    /// <param name="plaintext">Any length.</param>
    /// <param name="destination">Exactly <see cref="OverheadBytes"/> longer; another memory.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has another length.</exception>
    public void Seal(ReadOnlySpan<byte> associatedData, ReadOnlySpan<byte> plaintext, Span<byte> destination)
    {
        KeySize.Require(destination, plaintext.Length + OverheadBytes, nameof(destination));
        var nonce = destination[..NonceBytes];
        primitives.Fill(nonce);
        key.Seal(nonce, associatedData, plaintext, destination[NonceBytes..]);
    }

    /// <summary>Opens.</summary>
    /// <param name="associatedData">What the sealer gave.</param>
    /// <param name="sealedText">Untrusted, any length.</param>
    /// <param name="plaintext">At least <see cref="OverheadBytes"/> shorter; another memory.</param>
    /// <param name="written">How many bytes the plaintext has; 0 after a refusal.</param>
    /// <returns><see langword="false"/> when it was not sealed so under this key.</returns>
    /// <exception cref="ArgumentException"><paramref name="plaintext"/> is too short.</exception>
    public bool TryOpen(
        ReadOnlySpan<byte> associatedData,
        ReadOnlySpan<byte> sealedText,
        Span<byte> plaintext,
        out int written)
    {
        written = 0;
        var length = sealedText.Length - OverheadBytes;
        if (length < 0)
        {
            return false;
        }

        if (plaintext.Length < length)
        {
            throw new ArgumentException($"Must have room for {length} bytes.", nameof(plaintext));
        }

        if (!key.Open(sealedText[..NonceBytes], associatedData, sealedText[NonceBytes..], plaintext[..length]))
        {
            return false;
        }

        written = length;
        return true;
    }
}
