using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Wire.Handshake;

/// <summary>Resp: the responder's answer to Init.</summary>
/// <remarks><c>[0x11, noise2 bin]</c>, docs/wire-format.md §4.</remarks>
internal readonly ref struct RespMessage
{
    private const int Fields = 1;

    /// <summary>The second message of the Noise handshake.</summary>
    public required ReadOnlySpan<byte> Noise { get; init; }

    /// <summary>Reads the message from untrusted bytes; what was read points into them.</summary>
    /// <returns><see langword="false"/> for anything but one well-formed message within its limit.</returns>
    public static bool TryRead(ReadOnlySpan<byte> source, out RespMessage message)
    {
        var reader = new MessageReader(source);
        message = default;

        if (source.Length > WireLimits.MaxPreSessionMessageBytes
            || !PreSessionMessage.TryReadStart(ref reader, PreSessionMessageType.Resp, Fields, out var unknown)
            || !reader.TryReadBinary(WireLimits.MaxPreSessionMessageBytes, out var noise)
            || !reader.TryReadEnd(unknown))
        {
            return false;
        }

        message = new RespMessage { Noise = noise };
        return true;
    }

    /// <summary>Writes the message.</summary>
    public void Write(ref MessageWriter writer)
    {
        PreSessionMessage.WriteStart(ref writer, PreSessionMessageType.Resp, Fields);
        writer.WriteBinary(Noise);
    }
}
