using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Mesh.Core.Sealing.LibSodium;

/// <summary>The primitives of the system's libsodium.</summary>
internal sealed class LibSodiumPrimitives : IPrimitives
{
    private static readonly Lazy<LibSodiumPrimitives> Instance = new(Start);

    private LibSodiumPrimitives(string name) => Name = name;

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Loads and starts the library, once per process.</summary>
    /// <returns>The provider.</returns>
    /// <exception cref="MeshException">The library is not installed, is too old, or does not start.</exception>
    public static LibSodiumPrimitives Load() => Instance.Value;

    /// <inheritdoc/>
    public AgreementKey CreateAgreementKey(ReadOnlySpan<byte> secret) => new LibSodiumAgreementKey(secret);

    /// <inheritdoc/>
    public SigningKey CreateSigningKey(ReadOnlySpan<byte> seed) => new LibSodiumSigningKey(seed);

    /// <inheritdoc/>
    public AeadKey CreateAeadKey(AeadAlgorithm algorithm, ReadOnlySpan<byte> key) => algorithm switch
    {
        AeadAlgorithm.XChaCha20Poly1305 => new LibSodiumAeadKey(true, key),
        AeadAlgorithm.ChaCha20Poly1305 => new LibSodiumAeadKey(false, key),
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };

    /// <inheritdoc/>
    public bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        publicKey.Length == SigningKey.PublicKeyBytes
        && signature.Length == SigningKey.SignatureBytes
        && LibSodiumNative.Verify(signature, message, (ulong)message.Length, publicKey) == 0;

    /// <inheritdoc/>
    public void Fill(Span<byte> destination) => RandomNumberGenerator.Fill(destination);

    private static LibSodiumPrimitives Start()
    {
        LibSodiumLoader.Register();

        try
        {
            if (LibSodiumNative.Initialize() < 0)
            {
                throw new MeshException("libsodium was found but does not start (sodium_init failed).");
            }

            return new($"libsodium {Marshal.PtrToStringUTF8(LibSodiumNative.VersionString())}");
        }
        catch (DllNotFoundException cause)
        {
            throw new MeshException(
                "libsodium is not installed. Debian: apt-get install libsodium23; macOS: brew install libsodium.",
                cause);
        }
        catch (EntryPointNotFoundException cause)
        {
            throw new MeshException("The installed libsodium is too old: 1.0.12 or newer is needed.", cause);
        }
    }
}
