using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Wire.Messages;

/// <summary>What the plaintexts inside a session have in common: an array that begins with its type.</summary>
/// <remarks>docs/wire-format.md §5.</remarks>
internal static class SessionMessage
{
    /// <summary>An unknown type from this one on closes the session; one below is answered by an ERROR.</summary>
    public const byte FirstClosingType = 0x80;

    /// <summary>How deep arrays may nest in an element of a list of a message: three levels lie above it.</summary>
    public const int MaxListItemDepth = WireLimits.MaxDepth - 3;

    /// <summary>Tells what an opened message claims to be.</summary>
    /// <param name="source">The plaintext of one Sealed, untrusted, any length.</param>
    /// <param name="type">The type, which may be one that this version does not know.</param>
    /// <returns><see langword="false"/> for what is no session message or is greater than 64 KiB.</returns>
    public static bool TryReadType(ReadOnlySpan<byte> source, out SessionMessageType type)
    {
        var reader = new MessageReader(source);
        type = default;
        if (source.Length > WireLimits.MaxSessionMessageBytes
            || !reader.TryReadArray(1, out _)
            || !reader.TryReadUInt8(out var value))
        {
            return false;
        }

        type = (SessionMessageType)value;
        return true;
    }

    /// <summary>Whether a type counts against the credit for bulk.</summary>
    public static bool IsBulk(SessionMessageType type) => type is SessionMessageType.Frame or SessionMessageType.Chunk;

    /// <summary>Reads the start of a message of one type.</summary>
    /// <param name="reader">At the first byte of the message.</param>
    /// <param name="type">The only type that is accepted.</param>
    /// <param name="fields">How many elements this version knows after the type.</param>
    /// <param name="unknown">How many follow those, for <see cref="MessageReader.TryReadEnd"/>.</param>
    public static bool TryReadStart(ref MessageReader reader, SessionMessageType type, int fields, out int unknown) =>
        reader.TryReadArray(1 + fields, out unknown)
        && reader.Length <= WireLimits.MaxSessionMessageBytes
        && reader.TryReadUInt8(out var value)
        && value == (byte)type;

    /// <summary>Writes the start of a message; its fields follow.</summary>
    public static void WriteStart(ref MessageWriter writer, SessionMessageType type, int fields)
    {
        writer.WriteArrayHeader(1 + fields);
        writer.WriteUnsigned((byte)type);
    }
}
