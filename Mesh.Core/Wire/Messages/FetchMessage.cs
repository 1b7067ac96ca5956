using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Wire.Messages;

/// <summary>FETCH: asks for frames that are held.</summary>
/// <remarks><c>[0x14, request u32, lane u16, incarnation u64, from u64, to u64]</c>, docs/wire-format.md §5.</remarks>
/// <param name="Request">Chosen by the one who asks; the answers carry it.</param>
/// <param name="Lane">The lane, as LANES numbered it.</param>
/// <param name="Incarnation">The incarnation whose lane it is.</param>
/// <param name="From">Number of the first frame, at least 1.</param>
/// <param name="To">Number of the last frame, not below <see cref="From"/>.</param>
internal readonly record struct FetchMessage(uint Request, ushort Lane, ulong Incarnation, ulong From, ulong To)
{
    private const int Fields = 5;

    /// <summary>Reads the message from the untrusted plaintext of a session.</summary>
    /// <returns><see langword="false"/> for anything but one well-formed message of this type.</returns>
    public static bool TryRead(ReadOnlySpan<byte> source, out FetchMessage message)
    {
        var reader = new MessageReader(source);
        message = default;

        if (!SessionMessage.TryReadStart(ref reader, SessionMessageType.Fetch, Fields, out var unknown)
            || !reader.TryReadUInt32(out var request)
            || !reader.TryReadUInt16(out var lane)
            || !reader.TryReadUInt64(out var incarnation)
            || !reader.TryReadUInt64(out var from)
            || !reader.TryReadUInt64(out var to)
            || !reader.TryReadEnd(unknown)
            || from == 0
            || to < from)
        {
            return false;
        }

        message = new FetchMessage(request, lane, incarnation, from, to);
        return true;
    }

    /// <summary>Writes the message.</summary>
    public void Write(ref MessageWriter writer)
    {
        SessionMessage.WriteStart(ref writer, SessionMessageType.Fetch, Fields);
        writer.WriteUnsigned(Request);
        writer.WriteUnsigned(Lane);
        writer.WriteUnsigned(Incarnation);
        writer.WriteUnsigned(From);
        writer.WriteUnsigned(To);
    }
}
