using System.Buffers.Binary;
using Mesh.Core.Wire;

namespace Mesh.Core.Sealing;

/// <summary>Seals and signs the frames that this node publishes.</summary>
/// <remarks>Stateless; usable from any thread. Sealing allocates nothing.</remarks>
internal sealed class FrameSealer
{
    private const int SaltBytes = 16;

    private readonly IPrimitives _primitives;
    private readonly SigningKey _signing;
    private readonly FrameBinding _binding;

    /// <summary>Makes the sealer of a node.</summary>
    /// <param name="primitives">The provider of randomness.</param>
    /// <param name="signing">The node's signing key. Stays the caller's; must outlive the sealer.</param>
    /// <param name="nodeId">The node's id, exactly 20 bytes.</param>
    /// <exception cref="ArgumentException">The id has another length.</exception>
    public FrameSealer(IPrimitives primitives, SigningKey signing, ReadOnlySpan<byte> nodeId)
    {
        ArgumentNullException.ThrowIfNull(primitives);
        ArgumentNullException.ThrowIfNull(signing);
        _primitives = primitives;
        _signing = signing;
        _binding = new FrameBinding(primitives, nodeId);
    }

    /// <summary>Seals a frame.</summary>
    /// <param name="key">The key of the header's epoch.</param>
    /// <param name="header">
    /// Which frame it is. Key id and salt are set here: the salt is drawn anew for each frame, so a nonce never comes
    /// twice, not even after a roll-back of the disk.
    /// </param>
    /// <param name="plaintext">The records, at most <see cref="WireLimits.MaxFramePlaintextBytes"/>.</param>
    /// <param name="destination">
    /// At least <see cref="SealedFrame.SizeOf"/>; <see cref="WireLimits.MaxFrameBytes"/> always suffice. Another memory
    /// than the plaintext's.
    /// </param>
    /// <returns>How many bytes the frame has.</returns>
    /// <exception cref="ArgumentException">
    /// The plaintext is too long, there is no room, or a number of the header is outside its range.
    /// </exception>
    public int Seal(EpochKey key, in FrameHeader header, ReadOnlySpan<byte> plaintext, Span<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(key);
        var length = SealedFrame.SizeOf(plaintext.Length);
        if (plaintext.Length > WireLimits.MaxFramePlaintextBytes || destination.Length < length)
        {
            throw new ArgumentException($"A frame of {length} bytes is too long, or has no room.", nameof(destination));
        }

        Span<byte> salt = stackalloc byte[SaltBytes];
        _primitives.Fill(salt);
        var complete = header with { KeyId = key.KeyId, Salt = BinaryPrimitives.ReadUInt128BigEndian(salt) };

        SealedFrame.WriteShape(destination[..length], out var headerBytes, out var ciphertext, out var signature);
        complete.Write(headerBytes);

        Span<byte> associatedData = stackalloc byte[FrameBinding.AssociatedDataBytes];
        _binding.WriteAssociatedData(headerBytes, associatedData);
        key.Seal(complete, associatedData, plaintext, ciphertext);

        Span<byte> signedText = stackalloc byte[FrameBinding.SignedTextBytes];
        _binding.WriteSignedText(headerBytes, ciphertext, signedText);
        _signing.Sign(signedText, signature);
        return length;
    }
}
