namespace Mesh.Core.Sealing;

/// <summary>An X25519 key pair (RFC 7748), static or ephemeral.</summary>
/// <remarks>Immutable until disposed; usable from any thread. Disposing zeroes the secret.</remarks>
internal abstract class AgreementKey : IDisposable
{
    /// <summary>Size of a secret, in bytes.</summary>
    public const int SecretBytes = 32;

    /// <summary>Size of a public key, in bytes.</summary>
    public const int PublicKeyBytes = 32;

    /// <summary>Size of an agreed secret, in bytes.</summary>
    public const int SharedBytes = 32;

    /// <summary>The public key, 32 bytes; lives as long as this object, disposed or not.</summary>
    public abstract ReadOnlySpan<byte> PublicKey { get; }

    /// <summary>Agrees on a secret with a peer.</summary>
    /// <param name="peerPublicKey">The peer's public key, untrusted, any length.</param>
    /// <param name="shared">
    /// Exactly 32 bytes, written on success and zeroed otherwise. Never a key by itself: derive from it.
    /// </param>
    /// <returns>
    /// <see langword="false"/> when the peer's key has a wrong length or the result is all zero (a point of small
    /// order).
    /// </returns>
    /// <exception cref="ArgumentException"><paramref name="shared"/> is not 32 bytes.</exception>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    public bool TryAgree(ReadOnlySpan<byte> peerPublicKey, Span<byte> shared)
    {
        KeySize.Require(shared, SharedBytes, nameof(shared));
        if (peerPublicKey.Length == PublicKeyBytes && TryAgreeCore(peerPublicKey, shared))
        {
            return true;
        }

        shared.Clear();
        return false;
    }

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Agrees; both spans have the right size.</summary>
    /// <param name="peerPublicKey">Exactly 32 bytes, untrusted.</param>
    /// <param name="shared">Exactly 32 bytes; may hold anything when false is returned.</param>
    /// <returns><see langword="false"/> when the result is all zero.</returns>
    protected abstract bool TryAgreeCore(ReadOnlySpan<byte> peerPublicKey, Span<byte> shared);
}
