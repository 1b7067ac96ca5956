using Mesh.Core.Sealing;

namespace Mesh.Bench.Pipeline;

/// <summary>Copies where a cipher would work.</summary>
internal sealed class UnsealedKey : AeadKey
{
    private const int ExtendedNonceBytes = 24;

    public override int NonceBytes => ExtendedNonceBytes;

    public override void Dispose()
    {
        // There is no key.
    }

    protected override void SealCore(
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> associatedData,
        ReadOnlySpan<byte> plaintext,
        Span<byte> ciphertext)
    {
        plaintext.CopyTo(ciphertext);
        ciphertext[^TagBytes..].Clear();
    }

    protected override bool OpenCore(
        ReadOnlySpan<byte> nonce,
        ReadOnlySpan<byte> associatedData,
        ReadOnlySpan<byte> ciphertext,
        Span<byte> plaintext)
    {
        ciphertext[..^TagBytes].CopyTo(plaintext);
        return true;
    }
}
