using Mesh.Core.Sealing;

namespace Mesh.Tests.Support;

/// <summary>A provider whose randomness repeats: bytes that a test queued, then bytes of a seed.</summary>
/// <param name="inner">Does everything else.</param>
/// <param name="seed">Equal seeds give equal bytes.</param>
internal sealed class SeededPrimitives(IPrimitives inner, int seed) : IPrimitives
{
    private readonly Random _random = new(seed);
    private readonly Queue<byte> _queued = new();

    /// <inheritdoc/>
    public string Name => $"{inner.Name}, seed {seed}";

    /// <summary>Queues bytes that <see cref="Fill"/> hands out first.</summary>
    /// <param name="bytes">Any length.</param>
    public void Enqueue(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            _queued.Enqueue(value);
        }
    }

    /// <inheritdoc/>
    public AgreementKey CreateAgreementKey(ReadOnlySpan<byte> secret) => inner.CreateAgreementKey(secret);

    /// <inheritdoc/>
    public SigningKey CreateSigningKey(ReadOnlySpan<byte> seed) => inner.CreateSigningKey(seed);

    /// <inheritdoc/>
    public AeadKey CreateAeadKey(AeadAlgorithm algorithm, ReadOnlySpan<byte> key) =>
        inner.CreateAeadKey(algorithm, key);

    /// <inheritdoc/>
    public bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        inner.Verify(publicKey, message, signature);

    /// <inheritdoc/>
    public void Fill(Span<byte> destination)
    {
        for (var index = 0; index < destination.Length; index++)
        {
            destination[index] = _queued.TryDequeue(out var value) ? value : (byte)_random.Next(256);
        }
    }
}
