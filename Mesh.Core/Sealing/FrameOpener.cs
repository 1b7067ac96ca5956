using Mesh.Core.Wire;

namespace Mesh.Core.Sealing;

/// <summary>Opens and verifies the frames of one publisher, wherever they come from.</summary>
/// <remarks>
/// A frame proves itself: live, from a repair, from a journal or from a relay, the same bytes pass the same checks.
/// Stateless; usable from any thread. Opening allocates nothing.
/// </remarks>
internal sealed class FrameOpener
{
    private readonly IPrimitives _primitives;
    private readonly byte[] _signingPublicKey;
    private readonly FrameBinding _binding;

    /// <summary>Makes the opener of a publisher's frames.</summary>
    /// <param name="primitives">The provider of the primitives.</param>
    /// <param name="signingPublicKey">
    /// The publisher's Ed25519 public key, exactly 32 bytes, already proved to belong to the id.
    /// </param>
    /// <param name="nodeId">The publisher's id, exactly 20 bytes.</param>
    /// <exception cref="ArgumentException">A length is wrong.</exception>
    public FrameOpener(IPrimitives primitives, ReadOnlySpan<byte> signingPublicKey, ReadOnlySpan<byte> nodeId)
    {
        ArgumentNullException.ThrowIfNull(primitives);
        KeySize.Require(signingPublicKey, SigningKey.PublicKeyBytes, nameof(signingPublicKey));
        _primitives = primitives;
        _signingPublicKey = signingPublicKey.ToArray();
        _binding = new FrameBinding(primitives, nodeId);
    }

    /// <summary>Opens a frame: key id, then seal, then signature.</summary>
    /// <param name="frame">
    /// What <see cref="SealedFrame.Read"/> gave; the caller has checked that its number is still wanted.
    /// </param>
    /// <param name="key">The key that the caller holds for the header's epoch.</param>
    /// <param name="plaintext">
    /// At least <see cref="SealedFrame.PlaintextBytes"/>; <see cref="WireLimits.MaxFrameBytes"/> always suffice.
    /// Another memory than the frame's. After a refusal it holds nothing of the frame.
    /// </param>
    /// <param name="written">How many bytes the records have; 0 after a refusal.</param>
    /// <returns>
    /// <see cref="OpenResult.Opened"/>, <see cref="OpenResult.WrongKey"/>, <see cref="OpenResult.Forged"/> or
    /// <see cref="OpenResult.BadSignature"/>.
    /// </returns>
    /// <exception cref="ArgumentException"><paramref name="plaintext"/> is too short.</exception>
    public OpenResult Open(in SealedFrame frame, EpochKey key, Span<byte> plaintext, out int written)
    {
        ArgumentNullException.ThrowIfNull(key);
        written = 0;
        if (plaintext.Length < frame.PlaintextBytes)
        {
            throw new ArgumentException($"Must have room for {frame.PlaintextBytes} bytes.", nameof(plaintext));
        }

        if (frame.Header.KeyId != key.KeyId)
        {
            return OpenResult.WrongKey;
        }

        Span<byte> associatedData = stackalloc byte[FrameBinding.AssociatedDataBytes];
        _binding.WriteAssociatedData(frame.HeaderBytes, associatedData);
        var records = plaintext[..frame.PlaintextBytes];
        if (!key.TryOpen(frame.Header, associatedData, frame.Ciphertext, records))
        {
            return OpenResult.Forged;
        }

        if (!Verify(frame))
        {
            records.Clear();
            return OpenResult.BadSignature;
        }

        written = records.Length;
        return OpenResult.Opened;
    }

    /// <summary>Opens a frame from its bytes: size, shape and header, then as the other overload.</summary>
    /// <param name="frame">Untrusted, any length.</param>
    /// <param name="key">The key that the caller holds.</param>
    /// <param name="plaintext">At least as long as the frame, to be safe; another memory.</param>
    /// <param name="written">How many bytes the records have; 0 after a refusal.</param>
    /// <returns>Any <see cref="OpenResult"/>.</returns>
    public OpenResult Open(ReadOnlySpan<byte> frame, EpochKey key, Span<byte> plaintext, out int written)
    {
        written = 0;
        var result = SealedFrame.Read(frame, out var parts);
        return result == OpenResult.Opened ? Open(parts, key, plaintext, out written) : result;
    }

    /// <summary>Verifies the signature alone: all that a relay or an archive without the key can do.</summary>
    /// <param name="frame">What <see cref="SealedFrame.Read"/> gave.</param>
    /// <returns><see langword="true"/> when header and ciphertext are the publisher's.</returns>
    public bool Verify(in SealedFrame frame)
    {
        Span<byte> signedText = stackalloc byte[FrameBinding.SignedTextBytes];
        _binding.WriteSignedText(frame.HeaderBytes, frame.Ciphertext, signedText);
        return _primitives.Verify(_signingPublicKey, signedText, frame.Signature);
    }
}
