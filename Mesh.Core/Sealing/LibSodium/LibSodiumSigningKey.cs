namespace Mesh.Core.Sealing.LibSodium;

/// <summary>Ed25519 by libsodium.</summary>
internal sealed class LibSodiumSigningKey : SigningKey
{
    private const int ExpandedBytes = 64;

    private readonly SecretBuffer _secret = new(ExpandedBytes);
    private readonly byte[] _publicKey = new byte[PublicKeyBytes];

    /// <summary>Makes the pair.</summary>
    /// <param name="seed">Exactly 32 bytes.</param>
    public LibSodiumSigningKey(ReadOnlySpan<byte> seed)
    {
        KeySize.Require(seed, SeedBytes, nameof(seed));
        _ = LibSodiumNative.SigningKeyPair(_publicKey, _secret.Span, seed);
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<byte> PublicKey => _publicKey;

    /// <inheritdoc/>
    public override void Dispose() => _secret.Dispose();

    /// <inheritdoc/>
    protected override void SignCore(ReadOnlySpan<byte> message, Span<byte> signature) =>
        _ = LibSodiumNative.Sign(signature, 0, message, (ulong)message.Length, _secret.Span);
}
