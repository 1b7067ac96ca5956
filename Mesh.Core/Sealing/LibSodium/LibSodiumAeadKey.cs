namespace Mesh.Core.Sealing.LibSodium;

/// <summary>XChaCha20-Poly1305 or ChaCha20-Poly1305 (RFC 8439) by libsodium, which calls both alike.</summary>
/// <param name="isExtended">Whether it is the one with the longer nonce.</param>
/// <param name="key">Exactly 32 bytes.</param>
internal sealed class LibSodiumAeadKey(bool isExtended, ReadOnlySpan<byte> key) : AeadKey
{
    private readonly SecretBuffer _key = CopyOf(key);

    /// <inheritdoc/>
    public override int NonceBytes { get; } = isExtended ? 24 : 12;

    /// <inheritdoc/>
    public override void Dispose() => _key.Dispose();

    /// <inheritdoc/>
    protected override void SealCore(
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> associatedData,
        ReadOnlySpan<byte> plaintext,
        Span<byte> ciphertext)
    {
        var (textBytes, dataBytes) = ((ulong)plaintext.Length, (ulong)associatedData.Length);
        _ = isExtended
            ? LibSodiumNative.SealXChaCha(
                ciphertext, 0, plaintext, textBytes, associatedData, dataBytes, 0, nonce, _key.Span)
            : LibSodiumNative.SealChaCha(
                ciphertext, 0, plaintext, textBytes, associatedData, dataBytes, 0, nonce, _key.Span);
    }

    /// <inheritdoc/>
    protected override bool OpenCore(
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> associatedData,
        ReadOnlySpan<byte> ciphertext,
        Span<byte> plaintext)
    {
        var (textBytes, dataBytes) = ((ulong)ciphertext.Length, (ulong)associatedData.Length);
        var answer = isExtended
            ? LibSodiumNative.OpenXChaCha(
                plaintext, 0, 0, ciphertext, textBytes, associatedData, dataBytes, nonce, _key.Span)
            : LibSodiumNative.OpenChaCha(
                plaintext, 0, 0, ciphertext, textBytes, associatedData, dataBytes, nonce, _key.Span);
        return answer == 0;
    }

    private static SecretBuffer CopyOf(ReadOnlySpan<byte> key)
    {
        KeySize.Require(key, KeyBytes, nameof(key));
        return new SecretBuffer(key);
    }
}
