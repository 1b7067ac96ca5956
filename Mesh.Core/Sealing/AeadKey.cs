namespace Mesh.Core.Sealing;

/// <summary>A key of an authenticated cipher with associated data (RFC 5116): seals and opens.</summary>
/// <remarks>
/// Immutable until disposed; usable from any thread. Disposing zeroes the key. Sealing and opening may be done in
/// place, when both buffers start at the same byte; other overlaps are refused. The caller never uses a nonce twice.
/// </remarks>
internal abstract class AeadKey : IDisposable
{
    /// <summary>Size of a key, in bytes.</summary>
    public const int KeyBytes = 32;

    /// <summary>How much longer a ciphertext is than its plaintext, in bytes.</summary>
    public const int TagBytes = 16;

    /// <summary>Size of a nonce, in bytes: 24 or 12.</summary>
    public abstract int NonceBytes { get; }

    /// <summary>Encrypts and authenticates.</summary>
    /// <param name="nonce">Exactly <see cref="NonceBytes"/>, never used before with this key.</param>
    /// <param name="associatedData">Authenticated, not encrypted; any length.</param>
    /// <param name="plaintext">Any length.</param>
    /// <param name="ciphertext">Exactly <see cref="TagBytes"/> longer than the plaintext; the tag stands last.</param>
    /// <exception cref="ArgumentException">A size is wrong, or the buffers overlap with other starts.</exception>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    public void Seal(
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> associatedData,
        ReadOnlySpan<byte> plaintext,
        Span<byte> ciphertext)
    {
        KeySize.Require(nonce, NonceBytes, nameof(nonce));
        KeySize.Require(ciphertext, plaintext.Length + TagBytes, nameof(ciphertext));
        RequireSameStart(plaintext, ciphertext);
        SealCore(nonce, associatedData, plaintext, ciphertext);
    }

    /// <summary>Authenticates and decrypts.</summary>
    /// <param name="nonce">Exactly <see cref="NonceBytes"/>.</param>
    /// <param name="associatedData">What the sealer gave; any length.</param>
    /// <param name="ciphertext">Untrusted, any length.</param>
    /// <param name="plaintext">
    /// Exactly <see cref="TagBytes"/> shorter than the ciphertext (empty when that is shorter than a tag). After a
    /// refusal it holds nothing of the plaintext, and what it held before may be gone.
    /// </param>
    /// <returns><see langword="false"/> when the ciphertext is shorter than a tag or was not sealed so.</returns>
    /// <exception cref="ArgumentException">A size is wrong, or the buffers overlap with other starts.</exception>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    public bool Open(
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> associatedData,
        ReadOnlySpan<byte> ciphertext,
        Span<byte> plaintext)
    {
        KeySize.Require(nonce, NonceBytes, nameof(nonce));
        KeySize.Require(plaintext, Math.Max(0, ciphertext.Length - TagBytes), nameof(plaintext));
        RequireSameStart(ciphertext, plaintext);
        return ciphertext.Length >= TagBytes && OpenCore(nonce, associatedData, ciphertext, plaintext);
    }

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Seals; all sizes are right.</summary>
    /// <param name="nonce">Exactly <see cref="NonceBytes"/>.</param>
    /// <param name="associatedData">Any length.</param>
    /// <param name="plaintext">Any length.</param>
    /// <param name="ciphertext">Exactly <see cref="TagBytes"/> longer.</param>
    protected abstract void SealCore(
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> associatedData,
        ReadOnlySpan<byte> plaintext,
        Span<byte> ciphertext);

    /// <summary>Opens; all sizes are right.</summary>
    /// <param name="nonce">Exactly <see cref="NonceBytes"/>.</param>
    /// <param name="associatedData">Any length.</param>
    /// <param name="ciphertext">At least <see cref="TagBytes"/>.</param>
    /// <param name="plaintext">Exactly <see cref="TagBytes"/> shorter.</param>
    /// <returns><see langword="false"/> for a forgery.</returns>
    protected abstract bool OpenCore(
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> associatedData,
        ReadOnlySpan<byte> ciphertext,
        Span<byte> plaintext);

    private static void RequireSameStart(ReadOnlySpan<byte> source, ReadOnlySpan<byte> destination)
    {
        if (source.Overlaps(destination, out var offset) && offset != 0)
        {
            throw new ArgumentException("The buffers overlap without starting together.", nameof(destination));
        }
    }
}
