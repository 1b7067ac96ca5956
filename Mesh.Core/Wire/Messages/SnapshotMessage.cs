using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Wire.Messages;

/// <summary>SNAPSHOT: asks for the state of a lane, answered in chunks.</summary>
/// <remarks><c>[0x17, request u32, lane u16]</c>, docs/wire-format.md §5.</remarks>
/// <param name="Request">Chosen by the one who asks; the answers carry it.</param>
/// <param name="Lane">The lane, as LANES numbered it.</param>
internal readonly record struct SnapshotMessage(uint Request, ushort Lane)
{
    private const int Fields = 2;

    /// <summary>Reads the message from the untrusted plaintext of a session.</summary>
    /// <returns><see langword="false"/> for anything but one well-formed message of this type.</returns>
    public static bool TryRead(ReadOnlySpan<byte> source, out SnapshotMessage message)
    {
        var reader = new MessageReader(source);
        message = default;

        if (!SessionMessage.TryReadStart(ref reader, SessionMessageType.Snapshot, Fields, out var unknown)
            || !reader.TryReadUInt32(out var request)
            || !reader.TryReadUInt16(out var lane)
            || !reader.TryReadEnd(unknown))
        {
            return false;
        }

        message = new SnapshotMessage(request, lane);
        return true;
    }

    /// <summary>Writes the message.</summary>
    public void Write(ref MessageWriter writer)
    {
        SessionMessage.WriteStart(ref writer, SessionMessageType.Snapshot, Fields);
        writer.WriteUnsigned(Request);
        writer.WriteUnsigned(Lane);
    }
}
