namespace Mesh.Core.Sealing.LibSodium;

/// <summary>ChaCha20-Poly1305 (RFC 8439) by libsodium.</summary>
/// <param name="key">Exactly 32 bytes.</param>
internal sealed class LibSodiumChaChaKey(ReadOnlySpan<byte> key) : AeadKey
{
    private readonly SecretBuffer _key = CopyOf(key);

    /// <inheritdoc/>
    public override int NonceBytes => 12;

    /// <inheritdoc/>
    public override void Dispose() => _key.Dispose();

    /// <inheritdoc/>
    protected override void SealCore(
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> associatedData,
        ReadOnlySpan<byte> plaintext,
        Span<byte> ciphertext) =>
        _ = LibSodiumNative.SealChaCha(
            ciphertext,
            0,
            plaintext,
            (ulong)plaintext.Length,
            associatedData,
            (ulong)associatedData.Length,
            0,
            nonce,
            _key.Span);

    /// <inheritdoc/>
    protected override bool OpenCore(
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> associatedData,
        ReadOnlySpan<byte> ciphertext,
        Span<byte> plaintext) =>
        LibSodiumNative.OpenChaCha(
            plaintext,
            0,
            0,
            ciphertext,
            (ulong)ciphertext.Length,
            associatedData,
            (ulong)associatedData.Length,
            nonce,
            _key.Span) == 0;

    private static SecretBuffer CopyOf(ReadOnlySpan<byte> key)
    {
        KeySize.Require(key, KeyBytes, nameof(key));
        return new SecretBuffer(key);
    }
}
