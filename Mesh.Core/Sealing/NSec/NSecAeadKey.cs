using NSec.Cryptography;
using Algorithm = NSec.Cryptography.AeadAlgorithm;

namespace Mesh.Core.Sealing.NSec;

/// <summary>Either authenticated cipher, by NSec.</summary>
internal sealed class NSecAeadKey : AeadKey
{
    private readonly Algorithm _algorithm;
    private readonly GuardedKey _key;

    /// <summary>Takes a key.</summary>
    /// <param name="algorithm">NSec's ChaCha20-Poly1305 or XChaCha20-Poly1305.</param>
    /// <param name="key">Exactly 32 bytes.</param>
    public NSecAeadKey(Algorithm algorithm, ReadOnlySpan<byte> key)
    {
        KeySize.Require(key, KeyBytes, nameof(key));
        _algorithm = algorithm;
        _key = new GuardedKey(algorithm, key, KeyBlobFormat.RawSymmetricKey);
    }

    /// <inheritdoc/>
    public override int NonceBytes => _algorithm.NonceSize;

    /// <inheritdoc/>
    public override void Dispose() => _key.Dispose();

    /// <inheritdoc/>
    protected override void SealCore(
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> associatedData,
        ReadOnlySpan<byte> plaintext,
        Span<byte> ciphertext)
    {
        using var loan = _key.Lend();
        _algorithm.Encrypt(loan.Key, nonce, associatedData, plaintext, ciphertext);
    }

    /// <inheritdoc/>
    protected override bool OpenCore(
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> associatedData,
        ReadOnlySpan<byte> ciphertext,
        Span<byte> plaintext)
    {
        using var loan = _key.Lend();
        return _algorithm.Decrypt(loan.Key, nonce, associatedData, ciphertext, plaintext);
    }
}
