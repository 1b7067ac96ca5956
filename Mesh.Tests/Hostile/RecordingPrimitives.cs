using Mesh.Core.Sealing;

namespace Mesh.Tests.Hostile;

/// <summary>Notes every secret that a node makes, derives or loads, so that a test can look for it.</summary>
/// <param name="inner">Does the work.</param>
internal sealed class RecordingPrimitives(IPrimitives inner) : IPrimitives
{
    private readonly Lock _gate = new();
    private readonly List<byte[]> _secrets = [];

    public string Name => inner.Name;

    /// <summary>The secrets so far.</summary>
    public IReadOnlyList<byte[]> Secrets
    {
        get
        {
            lock (_gate)
            {
                return [.. _secrets];
            }
        }
    }

    public AgreementKey CreateAgreementKey(ReadOnlySpan<byte> secret) => inner.CreateAgreementKey(Note(secret));

    public SigningKey CreateSigningKey(ReadOnlySpan<byte> seed) => inner.CreateSigningKey(Note(seed));

    public AeadKey CreateAeadKey(AeadAlgorithm algorithm, ReadOnlySpan<byte> key) =>
        inner.CreateAeadKey(algorithm, Note(key));

    public bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        inner.Verify(publicKey, message, signature);

    public void Hash(ReadOnlySpan<byte> message, Span<byte> digest) => inner.Hash(message, digest);

    public void Fill(Span<byte> destination)
    {
        inner.Fill(destination);

        // Salts, nonces and topics are shorter, and public.
        if (destination.Length == AeadKey.KeyBytes)
        {
            _ = Note(destination);
        }
    }

    private ReadOnlySpan<byte> Note(ReadOnlySpan<byte> secret)
    {
        lock (_gate)
        {
            _secrets.Add(secret.ToArray());
        }

        return secret;
    }
}
