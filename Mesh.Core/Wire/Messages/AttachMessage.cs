using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Wire.Messages;

/// <summary>ATTACH: asks for the lanes of some kinds, now and when new ones come.</summary>
/// <remarks><c>[0x10, request u32, kinds u8]</c>, docs/wire-format.md §5.</remarks>
/// <param name="Request">Chosen by the one who asks; the answers carry it.</param>
/// <param name="Kinds">Which kinds; bits that this version does not know mean nothing.</param>
internal readonly record struct AttachMessage(uint Request, LaneKinds Kinds)
{
    private const int Fields = 2;

    /// <summary>Reads the message from the untrusted plaintext of a session.</summary>
    /// <returns><see langword="false"/> for anything but one well-formed message of this type.</returns>
    public static bool TryRead(ReadOnlySpan<byte> source, out AttachMessage message)
    {
        var reader = new MessageReader(source);
        message = default;

        if (!SessionMessage.TryReadStart(ref reader, SessionMessageType.Attach, Fields, out var unknown)
            || !reader.TryReadUInt32(out var request)
            || !reader.TryReadUInt8(out var kinds)
            || !reader.TryReadEnd(unknown))
        {
            return false;
        }

        message = new AttachMessage(request, (LaneKinds)kinds);
        return true;
    }

    /// <summary>Writes the message.</summary>
    public void Write(ref MessageWriter writer)
    {
        SessionMessage.WriteStart(ref writer, SessionMessageType.Attach, Fields);
        writer.WriteUnsigned(Request);
        writer.WriteUnsigned((byte)Kinds);
    }
}
