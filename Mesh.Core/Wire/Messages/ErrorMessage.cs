using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Wire.Messages;

/// <summary>ERROR: a request that is not answered otherwise.</summary>
/// <remarks><c>[0x06, request u32, type u8, code u8, text str]</c>, docs/wire-format.md §5.</remarks>
/// <param name="Request">The request, or 0 if it had none.</param>
/// <param name="Type">The type of the message that caused it.</param>
/// <param name="Code">Why; may be a code that this version does not know.</param>
/// <param name="Text">For people; may be empty.</param>
internal readonly record struct ErrorMessage(uint Request, SessionMessageType Type, SessionErrorCode Code, string Text)
{
    private const int Fields = 4;

    /// <summary>Reads the message from the untrusted plaintext of a session.</summary>
    /// <returns><see langword="false"/> for anything but one well-formed message of this type.</returns>
    public static bool TryRead(ReadOnlySpan<byte> source, out ErrorMessage message)
    {
        var reader = new MessageReader(source);
        message = default;

        if (!SessionMessage.TryReadStart(ref reader, SessionMessageType.Error, Fields, out var unknown)
            || !reader.TryReadUInt32(out var request)
            || !reader.TryReadUInt8(out var type)
            || !reader.TryReadUInt8(out var code)
            || !reader.TryReadText(WireLimits.MaxTextBytes, out var text)
            || !reader.TryReadEnd(unknown))
        {
            return false;
        }

        message = new ErrorMessage(request, (SessionMessageType)type, (SessionErrorCode)code, text);
        return true;
    }

    /// <summary>Writes the message.</summary>
    public void Write(ref MessageWriter writer)
    {
        SessionMessage.WriteStart(ref writer, SessionMessageType.Error, Fields);
        writer.WriteUnsigned(Request);
        writer.WriteUnsigned((byte)Type);
        writer.WriteUnsigned((byte)Code);
        writer.WriteText(Text, WireLimits.MaxTextBytes);
    }
}
