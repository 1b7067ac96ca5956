using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Wire.Messages;

/// <summary>CHUNK: a piece of a snapshot or a definition.</summary>
/// <remarks>
/// <c>[0x19, request u32, total u32, offset u32, bytes bin]</c>, docs/wire-format.md §5. What was read points into the
/// received bytes.
/// </remarks>
internal readonly ref struct ChunkMessage
{
    private const int Fields = 4;

    /// <summary>The SNAPSHOT or DEFINITION that it answers.</summary>
    public required uint Request { get; init; }

    /// <summary>Size of the whole, in bytes.</summary>
    public required uint TotalBytes { get; init; }

    /// <summary>Where the piece begins in the whole.</summary>
    public required uint Offset { get; init; }

    /// <summary>The piece; ends within the whole.</summary>
    public required ReadOnlySpan<byte> Bytes { get; init; }

    /// <summary>Reads the message from the untrusted plaintext of a session.</summary>
    /// <returns><see langword="false"/> for anything but one well-formed message of this type.</returns>
    public static bool TryRead(ReadOnlySpan<byte> source, out ChunkMessage message)
    {
        var reader = new MessageReader(source);
        message = default;

        if (!SessionMessage.TryReadStart(ref reader, SessionMessageType.Chunk, Fields, out var unknown)
            || !reader.TryReadUInt32(out var request)
            || !reader.TryReadUInt32(out var totalBytes)
            || !reader.TryReadUInt32(out var offset)
            || !reader.TryReadBinary(WireLimits.MaxChunkBytes, out var bytes)
            || !reader.TryReadEnd(unknown)
            || totalBytes > WireLimits.MaxChunkedBytes
            || offset > totalBytes
            || bytes.Length > totalBytes - offset)
        {
            return false;
        }

        message = new ChunkMessage
        {
            Request = request,
            TotalBytes = totalBytes,
            Offset = offset,
            Bytes = bytes,
        };
        return true;
    }

    /// <summary>Writes the message.</summary>
    public void Write(ref MessageWriter writer)
    {
        SessionMessage.WriteStart(ref writer, SessionMessageType.Chunk, Fields);
        writer.WriteUnsigned(Request);
        writer.WriteUnsigned(TotalBytes);
        writer.WriteUnsigned(Offset);
        writer.WriteBinary(Bytes);
    }
}
