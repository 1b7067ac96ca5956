using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Wire.Messages;

/// <summary>PING: a sign of life, a clock sample, and how far the lanes have come.</summary>
/// <remarks><c>[0x03, token u32, clock i64, heads [LaneHead]]</c>, docs/wire-format.md §5.</remarks>
/// <param name="Token">Chosen by the sender; the PONG carries it.</param>
/// <param name="ClockMicroseconds">The sender's monotonic clock, in microseconds.</param>
/// <param name="Heads">The lanes that the receiver is attached to, at most 64.</param>
internal readonly record struct PingMessage(uint Token, long ClockMicroseconds, LaneHead[] Heads)
{
    private const int Fields = 3;

    /// <summary>Reads the message from the untrusted plaintext of a session.</summary>
    /// <returns><see langword="false"/> for anything but one well-formed message of this type.</returns>
    public static bool TryRead(ReadOnlySpan<byte> source, out PingMessage message)
    {
        var reader = new MessageReader(source);
        message = default;

        if (!SessionMessage.TryReadStart(ref reader, SessionMessageType.Ping, Fields, out var unknown)
            || !reader.TryReadUInt32(out var token)
            || !reader.TryReadInt64(out var clock)
            || !TryReadHeads(ref reader, out var heads)
            || !reader.TryReadEnd(unknown))
        {
            return false;
        }

        message = new PingMessage(token, clock, heads);
        return true;
    }

    /// <summary>Writes the message.</summary>
    public void Write(ref MessageWriter writer)
    {
        SessionMessage.WriteStart(ref writer, SessionMessageType.Ping, Fields);
        writer.WriteUnsigned(Token);
        writer.WriteSigned(ClockMicroseconds);
        writer.WriteArrayHeader(Heads.Length);
        foreach (ref readonly var head in Heads.AsSpan())
        {
            head.Write(ref writer);
        }
    }

    private static bool TryReadHeads(ref MessageReader reader, out LaneHead[] heads)
    {
        heads = [];
        if (!reader.TryReadArrayHeader(out var count) || count > WireLimits.MaxGrantedLanes)
        {
            return false;
        }

        heads = count == 0 ? [] : new LaneHead[count];
        foreach (ref var head in heads.AsSpan())
        {
            if (!LaneHead.TryRead(ref reader, out head))
            {
                return false;
            }
        }

        return true;
    }
}
