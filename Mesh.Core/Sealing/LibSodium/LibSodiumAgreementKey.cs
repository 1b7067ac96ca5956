namespace Mesh.Core.Sealing.LibSodium;

/// <summary>X25519 by libsodium.</summary>
internal sealed class LibSodiumAgreementKey : AgreementKey
{
    private readonly SecretBuffer _secret;
    private readonly byte[] _publicKey = new byte[PublicKeyBytes];

    /// <summary>Makes the pair.</summary>
    /// <param name="secret">Exactly 32 bytes.</param>
    public LibSodiumAgreementKey(ReadOnlySpan<byte> secret)
    {
        KeySize.Require(secret, SecretBytes, nameof(secret));
        _secret = new SecretBuffer(secret);
        _ = LibSodiumNative.AgreementPublicKey(_publicKey, _secret.Span);
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> PublicKey => _publicKey;

    /// <inheritdoc/>
    public override void Dispose() => _secret.Dispose();

    /// <inheritdoc/>
    protected override bool TryAgreeCore(ReadOnlySpan<byte> peerPublicKey, Span<byte> shared) =>
        LibSodiumNative.Agree(shared, _secret.Span, peerPublicKey) == 0;
}
