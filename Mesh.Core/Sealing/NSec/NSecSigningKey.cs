using NSec.Cryptography;

namespace Mesh.Core.Sealing.NSec;

/// <summary>Ed25519 by NSec.</summary>
internal sealed class NSecSigningKey : SigningKey
{
    private readonly GuardedKey _key;
    private readonly byte[] _publicKey;

    /// <summary>Makes the pair.</summary>
    /// <param name="seed">Exactly 32 bytes.</param>
    public NSecSigningKey(ReadOnlySpan<byte> seed)
    {
        KeySize.Require(seed, SeedBytes, nameof(seed));
        _key = new GuardedKey(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey);
        using var loan = _key.Lend();
        _publicKey = loan.Key.PublicKey.Export(KeyBlobFormat.RawPublicKey);
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> PublicKey => _publicKey;

    /// <inheritdoc/>
    public override void Dispose() => _key.Dispose();

    /// <inheritdoc/>
    protected override void SignCore(ReadOnlySpan<byte> message, Span<byte> signature)
    {
        using var loan = _key.Lend();
        SignatureAlgorithm.Ed25519.Sign(loan.Key, message, signature);
    }
}
