using NSec.Cryptography;

namespace Mesh.Core.Sealing.NSec;

/// <summary>X25519 by NSec.</summary>
internal sealed class NSecAgreementKey : AgreementKey
{
    private readonly GuardedKey _key;
    private readonly byte[] _publicKey;

    /// <summary>Makes the pair.</summary>
    /// <param name="secret">Exactly 32 bytes.</param>
    public NSecAgreementKey(ReadOnlySpan<byte> secret)
    {
        KeySize.Require(secret, SecretBytes, nameof(secret));
        _key = new GuardedKey(KeyAgreementAlgorithm.X25519, secret, KeyBlobFormat.RawPrivateKey);
        using var loan = _key.Lend();
        _publicKey = loan.Key.PublicKey.Export(KeyBlobFormat.RawPublicKey);
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> PublicKey => _publicKey;

    /// <inheritdoc/>
    public override void Dispose() => _key.Dispose();

    /// <inheritdoc/>
    protected override bool TryAgreeCore(ReadOnlySpan<byte> peerPublicKey, Span<byte> shared)
    {
        var algorithm = KeyAgreementAlgorithm.X25519;
        using var loan = _key.Lend();
        if (!global::NSec.Cryptography.PublicKey.TryImport(
            algorithm, peerPublicKey, KeyBlobFormat.RawPublicKey, out var peer))
        {
            return false;
        }

        // The agreed secret leaves NSec's memory: the handshake mixes it with .NET's HKDF and clears it. NSec gives
        // null for the all-zero result of a point of small order.
        var exportable = new SharedSecretCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextExport };
        using var agreed = algorithm.Agree(loan.Key, peer!, in exportable);
        return agreed is not null
            && agreed.TryExport(SharedSecretBlobFormat.RawSharedSecret, shared, out var size)
            && size == SharedBytes;
    }
}
