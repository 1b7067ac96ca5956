using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Wire.Messages;

/// <summary>PONG: the answer to a PING.</summary>
/// <remarks><c>[0x04, token u32, clock i64, own clock i64]</c>, docs/wire-format.md §5.</remarks>
/// <param name="Token">As in the PING.</param>
/// <param name="ClockMicroseconds">The clock of the PING, echoed.</param>
/// <param name="OwnClockMicroseconds">The monotonic clock of the one who answers.</param>
internal readonly record struct PongMessage(uint Token, long ClockMicroseconds, long OwnClockMicroseconds)
{
    private const int Fields = 3;

    /// <summary>Reads the message from the untrusted plaintext of a session.</summary>
    /// <returns><see langword="false"/> for anything but one well-formed message of this type.</returns>
    public static bool TryRead(ReadOnlySpan<byte> source, out PongMessage message)
    {
        var reader = new MessageReader(source);
        message = default;

        if (!SessionMessage.TryReadStart(ref reader, SessionMessageType.Pong, Fields, out var unknown)
            || !reader.TryReadUInt32(out var token)
            || !reader.TryReadInt64(out var clockMicroseconds)
            || !reader.TryReadInt64(out var ownClockMicroseconds)
            || !reader.TryReadEnd(unknown))
        {
            return false;
        }

        message = new PongMessage(token, clockMicroseconds, ownClockMicroseconds);
        return true;
    }

    /// <summary>Writes the message.</summary>
    public void Write(ref MessageWriter writer)
    {
        SessionMessage.WriteStart(ref writer, SessionMessageType.Pong, Fields);
        writer.WriteUnsigned(Token);
        writer.WriteSigned(ClockMicroseconds);
        writer.WriteSigned(OwnClockMicroseconds);
    }
}
