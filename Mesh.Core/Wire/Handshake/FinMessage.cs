using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Wire.Handshake;

/// <summary>Fin: ends the handshake.</summary>
/// <remarks><c>[0x12, noise3 bin]</c>, docs/wire-format.md §4.</remarks>
internal readonly ref struct FinMessage
{
    private const int Fields = 1;

    /// <summary>The third message of the Noise handshake.</summary>
    public required ReadOnlySpan<byte> Noise { get; init; }

    /// <summary>Reads the message from untrusted bytes; what was read points into them.</summary>
    /// <returns><see langword="false"/> for anything but one well-formed message within its limit.</returns>
    public static bool TryRead(ReadOnlySpan<byte> source, out FinMessage message)
    {
        var reader = new MessageReader(source);
        message = default;

        if (source.Length > WireLimits.MaxPreSessionMessageBytes
            || !PreSessionMessage.TryReadStart(ref reader, PreSessionMessageType.Fin, Fields, out var unknown)
            || !reader.TryReadBinary(WireLimits.MaxPreSessionMessageBytes, out var noise)
            || !reader.TryReadEnd(unknown))
        {
            return false;
        }

        message = new FinMessage { Noise = noise };
        return true;
    }

    /// <summary>Writes the message.</summary>
    public void Write(ref MessageWriter writer)
    {
        PreSessionMessage.WriteStart(ref writer, PreSessionMessageType.Fin, Fields);
        writer.WriteBinary(Noise);
    }
}
