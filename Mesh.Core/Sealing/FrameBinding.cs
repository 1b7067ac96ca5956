using System.Security.Cryptography;
using Mesh.Core.Wire;

namespace Mesh.Core.Sealing;

/// <summary>What a frame's seal and signature cover besides its records: who published it, and its header.</summary>
/// <remarks>
/// <code>
/// associated data   "mesh/1 frame" ‖ node id ‖ header
/// signed text       "mesh/1 sig" ‖ node id ‖ header ‖ SHA-256(ciphertext)
/// </code>
/// The hash and not the ciphertext is signed: Ed25519 reads its message twice, with a slower hash. For 64 KiB that is
/// 53 against 274 µs. Immutable; usable from any thread.
/// </remarks>
internal sealed class FrameBinding
{
    /// <summary>Size of the associated data, in bytes.</summary>
    public const int AssociatedDataBytes = 12 + NodeIdBytes + FrameHeader.SizeBytes;

    /// <summary>Size of the signed text, in bytes.</summary>
    public const int SignedTextBytes = 10 + NodeIdBytes + FrameHeader.SizeBytes + SHA256.HashSizeInBytes;

    private const int NodeIdBytes = WireSizes.NodeIdBytes;

    private readonly IPrimitives _primitives;
    private readonly byte[] _nodeId;

    /// <summary>Binds to a publisher.</summary>
    /// <param name="primitives">Hashes.</param>
    /// <param name="nodeId">The publisher's id, exactly 20 bytes.</param>
    /// <exception cref="ArgumentException">The id has another length.</exception>
    public FrameBinding(IPrimitives primitives, ReadOnlySpan<byte> nodeId)
    {
        _primitives = primitives;
        KeySize.Require(nodeId, NodeIdBytes, nameof(nodeId));
        _nodeId = nodeId.ToArray();
    }

    private static ReadOnlySpan<byte> FrameLabel => "mesh/1 frame"u8;

    private static ReadOnlySpan<byte> SignatureLabel => "mesh/1 sig"u8;

    /// <summary>Writes the associated data of a frame's seal.</summary>
    /// <param name="header">The header, 67 bytes as sent.</param>
    /// <param name="destination">Exactly <see cref="AssociatedDataBytes"/>.</param>
    public void WriteAssociatedData(ReadOnlySpan<byte> header, Span<byte> destination)
    {
        FrameLabel.CopyTo(destination);
        _nodeId.CopyTo(destination[FrameLabel.Length..]);
        header.CopyTo(destination[(FrameLabel.Length + NodeIdBytes)..]);
    }

    /// <summary>Writes the text that is signed.</summary>
    /// <param name="header">The header, 67 bytes as sent.</param>
    /// <param name="ciphertext">The ciphertext as sent.</param>
    /// <param name="destination">Exactly <see cref="SignedTextBytes"/>.</param>
    public void WriteSignedText(ReadOnlySpan<byte> header, ReadOnlySpan<byte> ciphertext, Span<byte> destination)
    {
        SignatureLabel.CopyTo(destination);
        _nodeId.CopyTo(destination[SignatureLabel.Length..]);
        header.CopyTo(destination[(SignatureLabel.Length + NodeIdBytes)..]);
        _primitives.Hash(ciphertext, destination[^SHA256.HashSizeInBytes..]);
    }
}
