using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Wire.Messages;

/// <summary>KEYS: asks for the GRANT of an epoch.</summary>
/// <remarks><c>[0x13, lane u16, incarnation u64, epoch u32]</c>, docs/wire-format.md §5.</remarks>
/// <param name="Lane">The lane, as LANES numbered it.</param>
/// <param name="Incarnation">The incarnation whose lane it is.</param>
/// <param name="Epoch">The epoch of the lane.</param>
internal readonly record struct KeysMessage(ushort Lane, ulong Incarnation, uint Epoch)
{
    private const int Fields = 3;

    /// <summary>Reads the message from the untrusted plaintext of a session.</summary>
    /// <returns><see langword="false"/> for anything but one well-formed message of this type.</returns>
    public static bool TryRead(ReadOnlySpan<byte> source, out KeysMessage message)
    {
        var reader = new MessageReader(source);
        message = default;

        if (!SessionMessage.TryReadStart(ref reader, SessionMessageType.Keys, Fields, out var unknown)
            || !reader.TryReadUInt16(out var lane)
            || !reader.TryReadUInt64(out var incarnation)
            || !reader.TryReadUInt32(out var epoch)
            || !reader.TryReadEnd(unknown))
        {
            return false;
        }

        message = new KeysMessage(lane, incarnation, epoch);
        return true;
    }

    /// <summary>Writes the message.</summary>
    public void Write(ref MessageWriter writer)
    {
        SessionMessage.WriteStart(ref writer, SessionMessageType.Keys, Fields);
        writer.WriteUnsigned(Lane);
        writer.WriteUnsigned(Incarnation);
        writer.WriteUnsigned(Epoch);
    }
}
