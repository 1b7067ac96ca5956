using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Wire.Messages;

/// <summary>DEFINITION: asks for a definition by its hash, answered in chunks.</summary>
/// <remarks>
/// <c>[0x18, request u32, hash hash]</c>, docs/wire-format.md §5. What was read points into the received bytes.
/// </remarks>
internal readonly ref struct DefinitionMessage
{
    private const int Fields = 2;

    /// <summary>Chosen by the one who asks; the answers carry it.</summary>
    public required uint Request { get; init; }

    /// <summary>SHA-256 of the canonical definition.</summary>
    public required ReadOnlySpan<byte> Hash { get; init; }

    /// <summary>Reads the message from the untrusted plaintext of a session.</summary>
    /// <returns><see langword="false"/> for anything but one well-formed message of this type.</returns>
    public static bool TryRead(ReadOnlySpan<byte> source, out DefinitionMessage message)
    {
        var reader = new MessageReader(source);
        message = default;

        if (!SessionMessage.TryReadStart(ref reader, SessionMessageType.Definition, Fields, out var unknown)
            || !reader.TryReadUInt32(out var request)
            || !reader.TryReadFixedBinary(WireSizes.HashBytes, out var hash)
            || !reader.TryReadEnd(unknown))
        {
            return false;
        }

        message = new DefinitionMessage
        {
            Request = request,
            Hash = hash,
        };
        return true;
    }

    /// <summary>Writes the message.</summary>
    public void Write(ref MessageWriter writer)
    {
        SessionMessage.WriteStart(ref writer, SessionMessageType.Definition, Fields);
        writer.WriteUnsigned(Request);
        writer.WriteBinary(Hash);
    }
}
