using Mesh.Core.Sealing;

namespace Mesh.Bench.Pipeline;

/// <summary>
/// Seals frames by copying them, signs with zeros and believes every signature: the same pipeline without its
/// cryptography, as a baseline. Lives in the benchmarks and nowhere else.
/// </summary>
internal sealed class UnsealedPrimitives(IPrimitives inner) : IPrimitives
{
    public string Name => $"{inner.Name}, frames unsealed";

    public AgreementKey CreateAgreementKey(ReadOnlySpan<byte> secret) => inner.CreateAgreementKey(secret);

    public SigningKey CreateSigningKey(ReadOnlySpan<byte> seed) => new UnsealedSigningKey(inner.CreateSigningKey(seed));

    public AeadKey CreateAeadKey(AeadAlgorithm algorithm, ReadOnlySpan<byte> key) =>
        algorithm == AeadAlgorithm.XChaCha20Poly1305
            ? new UnsealedKey()
            : inner.CreateAeadKey(algorithm, key);

    public void Hash(ReadOnlySpan<byte> message, Span<byte> digest) => digest.Clear();

    public bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) => true;

    public void Fill(Span<byte> destination) => inner.Fill(destination);
}
