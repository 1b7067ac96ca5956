using Mesh.Core.Sealing;

namespace Mesh.Bench.Pipeline;

/// <summary>Signs with zeros.</summary>
internal sealed class UnsealedSigningKey(SigningKey inner) : SigningKey
{
    public override ReadOnlySpan<byte> PublicKey => inner.PublicKey;

    public override void Dispose() => inner.Dispose();

    protected override void SignCore(ReadOnlySpan<byte> message, Span<byte> signature) => signature.Clear();
}
