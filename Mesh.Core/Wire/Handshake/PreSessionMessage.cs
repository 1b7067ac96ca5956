using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Wire.Handshake;

/// <summary>What the messages of docs/wire-format.md §4 have in common: an array that begins with its type.</summary>
internal static class PreSessionMessage
{
    /// <summary>Tells what a received message claims to be.</summary>
    /// <param name="source">One ZeroMQ message, untrusted, any length.</param>
    /// <param name="type">The type, which may be one that this version does not know.</param>
    public static bool TryReadType(ReadOnlySpan<byte> source, out PreSessionMessageType type)
    {
        var reader = new MessageReader(source);
        type = default;
        if (!reader.TryReadArray(1, out _) || !reader.TryReadUInt8(out var value))
        {
            return false;
        }

        type = (PreSessionMessageType)value;
        return true;
    }

    /// <summary>Reads the start of a message of one type.</summary>
    /// <param name="reader">At the first byte of the message.</param>
    /// <param name="type">The only type that is accepted.</param>
    /// <param name="fields">How many elements this version knows after the type.</param>
    /// <param name="unknown">How many follow those, for <see cref="MessageReader.TryReadEnd"/>.</param>
    public static bool TryReadStart(
        ref MessageReader reader,
        PreSessionMessageType type,
        int fields,
        out int unknown) =>
        reader.TryReadArray(1 + fields, out unknown) && reader.TryReadUInt8(out var value) && value == (byte)type;

    /// <summary>Writes the start of a message; its fields follow.</summary>
    public static void WriteStart(ref MessageWriter writer, PreSessionMessageType type, int fields)
    {
        writer.WriteArrayHeader(1 + fields);
        writer.WriteUnsigned((byte)type);
    }
}
