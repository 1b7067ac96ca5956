using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Wire.Messages;

/// <summary>DETACH: no more frames of a lane are wanted.</summary>
/// <remarks><c>[0x1A, lane u16]</c>, docs/wire-format.md §5.</remarks>
/// <param name="Lane">The lane, as LANES numbered it.</param>
internal readonly record struct DetachMessage(ushort Lane)
{
    private const int Fields = 1;

    /// <summary>Reads the message from the untrusted plaintext of a session.</summary>
    /// <returns><see langword="false"/> for anything but one well-formed message of this type.</returns>
    public static bool TryRead(ReadOnlySpan<byte> source, out DetachMessage message)
    {
        var reader = new MessageReader(source);
        message = default;

        if (!SessionMessage.TryReadStart(ref reader, SessionMessageType.Detach, Fields, out var unknown)
            || !reader.TryReadUInt16(out var lane)
            || !reader.TryReadEnd(unknown))
        {
            return false;
        }

        message = new DetachMessage(lane);
        return true;
    }

    /// <summary>Writes the message.</summary>
    public void Write(ref MessageWriter writer)
    {
        SessionMessage.WriteStart(ref writer, SessionMessageType.Detach, Fields);
        writer.WriteUnsigned(Lane);
    }
}
