using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Wire.Handshake;

/// <summary>Sealed: one message of a session that stands.</summary>
/// <remarks><c>[0x20, sealed bin]</c>, docs/wire-format.md §4.</remarks>
internal readonly ref struct SealedMessage
{
    private const int Fields = 1;

    /// <summary>A sealed session message: ciphertext and tag.</summary>
    public required ReadOnlySpan<byte> Ciphertext { get; init; }

    /// <summary>Reads the message from untrusted bytes; what was read points into them.</summary>
    /// <returns><see langword="false"/> for anything but one well-formed message within its limit.</returns>
    public static bool TryRead(ReadOnlySpan<byte> source, out SealedMessage message)
    {
        var reader = new MessageReader(source);
        message = default;

        if (source.Length > WireLimits.MaxSealedMessageBytes
            || !PreSessionMessage.TryReadStart(ref reader, PreSessionMessageType.Sealed, Fields, out var unknown)
            || !reader.TryReadBinary(WireLimits.MaxSealedMessageBytes, out var ciphertext)
            || !reader.TryReadEnd(unknown))
        {
            return false;
        }

        message = new SealedMessage { Ciphertext = ciphertext };
        return true;
    }

    /// <summary>Writes the message.</summary>
    public void Write(ref MessageWriter writer)
    {
        PreSessionMessage.WriteStart(ref writer, PreSessionMessageType.Sealed, Fields);
        writer.WriteBinary(Ciphertext);
    }
}
