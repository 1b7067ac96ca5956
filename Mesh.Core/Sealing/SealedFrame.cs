using System.Buffers.Binary;
using Mesh.Core.Wire;
using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Sealing;

/// <summary>The parts of a frame as received, checked in shape and size and in nothing else.</summary>
/// <remarks>
/// A MessagePack array of three binaries, each in its shortest form, and nothing after it:
/// <code>
/// 93                     array of 3
/// C4 43  header          67 bytes (<see cref="FrameHeader"/>)
/// C4 nn  ciphertext      16 to 255 bytes
/// C5 nn nn  ciphertext   or 256 bytes and more
/// C4 40  signature       64 bytes
/// </code>
/// Holds views of the received bytes and lives no longer than they do.
/// </remarks>
internal readonly ref struct SealedFrame
{
    /// <summary>The most bytes that a frame is longer than its plaintext.</summary>
    public const int MaxOverheadBytes = 1 + HeaderPartBytes + 3 + AeadKey.TagBytes + SignaturePartBytes;

    private const byte ArrayOfThree = MessageFormat.FixArray | 3;
    private const int HeaderStart = 3;
    private const int CiphertextStart = 1 + HeaderPartBytes;
    private const int HeaderPartBytes = 2 + FrameHeader.SizeBytes;
    private const int SignaturePartBytes = 2 + SigningKey.SignatureBytes;

    private SealedFrame(FrameHeader header, ReadOnlySpan<byte> frame, int ciphertextStart)
    {
        Header = header;
        HeaderBytes = frame.Slice(HeaderStart, FrameHeader.SizeBytes);
        Ciphertext = frame[ciphertextStart..^SignaturePartBytes];
        Signature = frame[^SigningKey.SignatureBytes..];
    }

    /// <summary>The header: a claim until the signature was verified.</summary>
    public FrameHeader Header { get; }

    /// <summary>The header's 67 bytes.</summary>
    public ReadOnlySpan<byte> HeaderBytes { get; }

    /// <summary>The sealed records, at least 16 bytes.</summary>
    public ReadOnlySpan<byte> Ciphertext { get; }

    /// <summary>The publisher's signature, 64 bytes.</summary>
    public ReadOnlySpan<byte> Signature { get; }

    /// <summary>How many bytes the plaintext has.</summary>
    public int PlaintextBytes => Ciphertext.Length - AeadKey.TagBytes;

    /// <summary>Takes a frame apart.</summary>
    /// <param name="frame">Untrusted, any length.</param>
    /// <param name="parts">The parts, when the method returns <see cref="OpenResult.Opened"/>.</param>
    /// <returns>
    /// <see cref="OpenResult.Opened"/>, <see cref="OpenResult.TooLarge"/>, <see cref="OpenResult.Malformed"/> or
    /// <see cref="OpenResult.BadHeader"/>.
    /// </returns>
    public static OpenResult Read(ReadOnlySpan<byte> frame, out SealedFrame parts)
    {
        parts = default;
        if (frame.Length > WireLimits.MaxFrameBytes)
        {
            return OpenResult.TooLarge;
        }

        if (!HasShape(frame, out var ciphertextStart))
        {
            return OpenResult.Malformed;
        }

        if (!FrameHeader.TryRead(frame.Slice(HeaderStart, FrameHeader.SizeBytes), out var header))
        {
            return OpenResult.BadHeader;
        }

        parts = new SealedFrame(header, frame, ciphertextStart);
        return OpenResult.Opened;
    }

    /// <summary>How many bytes a frame has.</summary>
    /// <param name="plaintextBytes">The length of its plaintext.</param>
    /// <returns>The length of the frame.</returns>
    public static int SizeOf(int plaintextBytes) =>
        CiphertextStart + LengthPrefixBytes(plaintextBytes + AeadKey.TagBytes)
        + plaintextBytes + AeadKey.TagBytes + SignaturePartBytes;

    /// <summary>Writes everything but the three contents and says where they go.</summary>
    /// <param name="frame">Exactly <see cref="SizeOf"/>.</param>
    /// <param name="header">Where the header goes.</param>
    /// <param name="ciphertext">Where the ciphertext goes.</param>
    /// <param name="signature">Where the signature goes.</param>
    internal static void WriteShape(
        Span<byte> frame,
        out Span<byte> header,
        out Span<byte> ciphertext,
        out Span<byte> signature)
    {
        frame[0] = ArrayOfThree;
        frame[1] = MessageFormat.Binary8;
        frame[2] = FrameHeader.SizeBytes;
        header = frame.Slice(HeaderStart, FrameHeader.SizeBytes);

        // Whether the length takes one byte or two follows from what is left: no frame fits both.
        var rest = frame.Length - CiphertextStart - SignaturePartBytes;
        var prefix = rest - 2 <= byte.MaxValue ? 2 : 3;
        var length = rest - prefix;
        frame[CiphertextStart] = prefix == 2 ? MessageFormat.Binary8 : MessageFormat.Binary16;
        if (prefix == 2)
        {
            frame[CiphertextStart + 1] = (byte)length;
        }
        else
        {
            BinaryPrimitives.WriteUInt16BigEndian(frame[(CiphertextStart + 1)..], (ushort)length);
        }

        ciphertext = frame.Slice(CiphertextStart + prefix, length);
        frame[^SignaturePartBytes] = MessageFormat.Binary8;
        frame[^(SignaturePartBytes - 1)] = SigningKey.SignatureBytes;
        signature = frame[^SigningKey.SignatureBytes..];
    }

    private static bool HasShape(ReadOnlySpan<byte> frame, out int ciphertextStart)
    {
        ciphertextStart = 0;
        if (frame.Length < SizeOf(0)
            || frame[0] != ArrayOfThree
            || frame[1] != MessageFormat.Binary8
            || frame[2] != FrameHeader.SizeBytes)
        {
            return false;
        }

        int length = frame[CiphertextStart + 1];
        if (frame[CiphertextStart] == MessageFormat.Binary16)
        {
            length = BinaryPrimitives.ReadUInt16BigEndian(frame[(CiphertextStart + 1)..]);
            if (length <= byte.MaxValue)
            {
                return false;
            }
        }
        else if (frame[CiphertextStart] != MessageFormat.Binary8)
        {
            return false;
        }

        ciphertextStart = CiphertextStart + LengthPrefixBytes(length);
        return length >= AeadKey.TagBytes
            && frame.Length == ciphertextStart + length + SignaturePartBytes
            && frame[^SignaturePartBytes] == MessageFormat.Binary8
            && frame[^(SignaturePartBytes - 1)] == SigningKey.SignatureBytes;
    }

    private static int LengthPrefixBytes(int length) => length <= byte.MaxValue ? 2 : 3;
}
