using System.Reflection;
using System.Security.Cryptography;
using NSec.Cryptography;

namespace Mesh.Core.Sealing.NSec;

/// <summary>The primitives of NSec.Cryptography, which brings its own libsodium along.</summary>
internal sealed class NSecPrimitives : IPrimitives
{
    private static readonly Lazy<NSecPrimitives> Instance = new(Start);

    private NSecPrimitives(string name) => Name = name;

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Loads and starts the library, once per process.</summary>
    /// <returns>The provider.</returns>
    /// <exception cref="MeshException">NSec's libsodium is missing, of another version, or does not start.</exception>
    public static NSecPrimitives Load() => Instance.Value;

    /// <inheritdoc/>
    public AgreementKey CreateAgreementKey(ReadOnlySpan<byte> secret) => new NSecAgreementKey(secret);

    /// <inheritdoc/>
    public SigningKey CreateSigningKey(ReadOnlySpan<byte> seed) => new NSecSigningKey(seed);

    /// <inheritdoc/>
    public AeadKey CreateAeadKey(AeadAlgorithm algorithm, ReadOnlySpan<byte> key) => algorithm switch
    {
        AeadAlgorithm.XChaCha20Poly1305 =>
            new NSecAeadKey(global::NSec.Cryptography.AeadAlgorithm.XChaCha20Poly1305, key),
        AeadAlgorithm.ChaCha20Poly1305 =>
            new NSecAeadKey(global::NSec.Cryptography.AeadAlgorithm.ChaCha20Poly1305, key),
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };

    /// <inheritdoc/>
    public bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        publicKey.Length == SigningKey.PublicKeyBytes
        && signature.Length == SigningKey.SignatureBytes
        && VerificationKeys.Find(publicKey) is { } key
        && SignatureAlgorithm.Ed25519.Verify(key, message, signature);

    /// <inheritdoc/>
    public void Fill(Span<byte> destination) => RandomNumberGenerator.Fill(destination);

    // Touching an algorithm starts libsodium and tests it.
    private static NSecPrimitives Start()
    {
        try
        {
            _ = KeyAgreementAlgorithm.X25519;
            _ = SignatureAlgorithm.Ed25519;
            _ = global::NSec.Cryptography.AeadAlgorithm.XChaCha20Poly1305;
            _ = global::NSec.Cryptography.AeadAlgorithm.ChaCha20Poly1305;
        }
        catch (Exception cause) when (cause is DllNotFoundException or InvalidOperationException
            or PlatformNotSupportedException or TypeInitializationException)
        {
            throw new MeshException(
                "NSec.Cryptography cannot start its libsodium, whose native library comes with the package libsodium: "
                + $"{cause.Message}",
                cause);
        }

        var version = typeof(SignatureAlgorithm).Assembly
            .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        return new NSecPrimitives($"NSec.Cryptography {version.Split('+')[0]}");
    }
}
