using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Wire.Handshake;

/// <summary>Nack: why no Resp comes. A hint without proof, good for the text of an error and nothing else.</summary>
/// <remarks><c>[0x13, code u8, minVersion u8, maxVersion u8]</c>, docs/wire-format.md §4.</remarks>
internal readonly record struct NackMessage(NackCode Code, byte MinVersion, byte MaxVersion)
{
    private const int Fields = 3;

    /// <summary>Reads a Nack from untrusted bytes.</summary>
    /// <returns><see langword="false"/> for anything but one well-formed Nack; its code may be unknown.</returns>
    public static bool TryRead(ReadOnlySpan<byte> source, out NackMessage message)
    {
        var reader = new MessageReader(source);
        message = default;

        if (source.Length > WireLimits.MaxPreSessionMessageBytes
            || !PreSessionMessage.TryReadStart(ref reader, PreSessionMessageType.Nack, Fields, out var unknown)
            || !reader.TryReadUInt8(out var code)
            || !reader.TryReadUInt8(out var minVersion)
            || !reader.TryReadUInt8(out var maxVersion)
            || !reader.TryReadEnd(unknown))
        {
            return false;
        }

        message = new NackMessage((NackCode)code, minVersion, maxVersion);
        return true;
    }

    /// <summary>Writes the message.</summary>
    public void Write(ref MessageWriter writer)
    {
        PreSessionMessage.WriteStart(ref writer, PreSessionMessageType.Nack, Fields);
        writer.WriteUnsigned((byte)Code);
        writer.WriteUnsigned(MinVersion);
        writer.WriteUnsigned(MaxVersion);
    }
}
