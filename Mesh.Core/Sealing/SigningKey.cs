namespace Mesh.Core.Sealing;

/// <summary>An Ed25519 key pair (RFC 8032).</summary>
/// <remarks>Immutable until disposed; usable from any thread. Disposing zeroes the secret.</remarks>
internal abstract class SigningKey : IDisposable
{
    /// <summary>Size of a seed, in bytes.</summary>
    public const int SeedBytes = 32;

    /// <summary>Size of a public key, in bytes.</summary>
    public const int PublicKeyBytes = 32;

    /// <summary>Size of a signature, in bytes.</summary>
    public const int SignatureBytes = 64;

    /// <summary>The public key, 32 bytes; lives as long as this object, disposed or not.</summary>
    public abstract ReadOnlySpan<byte> PublicKey { get; }

    /// <summary>Signs a message. Equal messages give equal signatures.</summary>
    /// <param name="message">Any length; it is read twice, so sign a hash of what is long.</param>
    /// <param name="signature">Exactly 64 bytes.</param>
    /// <exception cref="ArgumentException"><paramref name="signature"/> is not 64 bytes.</exception>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    public void Sign(ReadOnlySpan<byte> message, Span<byte> signature)
    {
        KeySize.Require(signature, SignatureBytes, nameof(signature));
        SignCore(message, signature);
    }

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Signs; the signature has the right size.</summary>
    /// <param name="message">Any length.</param>
    /// <param name="signature">Exactly 64 bytes.</param>
    protected abstract void SignCore(ReadOnlySpan<byte> message, Span<byte> signature);
}
