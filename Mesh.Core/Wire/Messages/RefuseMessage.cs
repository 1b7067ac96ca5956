using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Wire.Messages;

/// <summary>REFUSE: no session, and why.</summary>
/// <remarks><c>[0x02, code u8, retry after ms u32, known u64, text str]</c>, docs/wire-format.md §5.</remarks>
/// <param name="Code">Why; may be a code that this version does not know.</param>
/// <param name="RetryAfterMs">When to try again at the earliest, in milliseconds.</param>
/// <param name="Known">For <see cref="RefuseCode.Stale"/> the greatest incarnation known, else 0.</param>
/// <param name="Text">For people; may be empty.</param>
internal readonly record struct RefuseMessage(RefuseCode Code, uint RetryAfterMs, ulong Known, string Text)
{
    private const int Fields = 4;

    /// <summary>Reads the message from the untrusted plaintext of a session.</summary>
    /// <returns><see langword="false"/> for anything but one well-formed message of this type.</returns>
    public static bool TryRead(ReadOnlySpan<byte> source, out RefuseMessage message)
    {
        var reader = new MessageReader(source);
        message = default;

        if (!SessionMessage.TryReadStart(ref reader, SessionMessageType.Refuse, Fields, out var unknown)
            || !reader.TryReadUInt8(out var code)
            || !reader.TryReadUInt32(out var retryAfterMs)
            || !reader.TryReadUInt64(out var known)
            || !reader.TryReadText(WireLimits.MaxTextBytes, out var text)
            || !reader.TryReadEnd(unknown))
        {
            return false;
        }

        message = new RefuseMessage((RefuseCode)code, retryAfterMs, known, text);
        return true;
    }

    /// <summary>Writes the message.</summary>
    public void Write(ref MessageWriter writer)
    {
        SessionMessage.WriteStart(ref writer, SessionMessageType.Refuse, Fields);
        writer.WriteUnsigned((byte)Code);
        writer.WriteUnsigned(RetryAfterMs);
        writer.WriteUnsigned(Known);
        writer.WriteText(Text, WireLimits.MaxTextBytes);
    }
}
