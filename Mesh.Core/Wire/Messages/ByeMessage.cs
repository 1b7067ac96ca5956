using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Wire.Messages;

/// <summary>BYE: the sender leaves.</summary>
/// <remarks><c>[0x05, code u8, text str]</c>, docs/wire-format.md §5.</remarks>
/// <param name="Code">Why; may be a code that this version does not know.</param>
/// <param name="Text">For people; may be empty.</param>
internal readonly record struct ByeMessage(RefuseCode Code, string Text)
{
    private const int Fields = 2;

    /// <summary>Reads the message from the untrusted plaintext of a session.</summary>
    /// <returns><see langword="false"/> for anything but one well-formed message of this type.</returns>
    public static bool TryRead(ReadOnlySpan<byte> source, out ByeMessage message)
    {
        var reader = new MessageReader(source);
        message = default;

        if (!SessionMessage.TryReadStart(ref reader, SessionMessageType.Bye, Fields, out var unknown)
            || !reader.TryReadUInt8(out var code)
            || !reader.TryReadText(WireLimits.MaxTextBytes, out var text)
            || !reader.TryReadEnd(unknown))
        {
            return false;
        }

        message = new ByeMessage((RefuseCode)code, text);
        return true;
    }

    /// <summary>Writes the message.</summary>
    public void Write(ref MessageWriter writer)
    {
        SessionMessage.WriteStart(ref writer, SessionMessageType.Bye, Fields);
        writer.WriteUnsigned((byte)Code);
        writer.WriteText(Text, WireLimits.MaxTextBytes);
    }
}
