using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Wire.Messages;

/// <summary>RIGHTS: what the receiver may do from now on.</summary>
/// <remarks><c>[0x08, rights u32]</c>, docs/wire-format.md §5.</remarks>
/// <param name="Rights">The bits of docs/wire-format.md §2.</param>
internal readonly record struct RightsMessage(uint Rights)
{
    private const int Fields = 1;

    /// <summary>Reads the message from the untrusted plaintext of a session.</summary>
    /// <returns><see langword="false"/> for anything but one well-formed message of this type.</returns>
    public static bool TryRead(ReadOnlySpan<byte> source, out RightsMessage message)
    {
        var reader = new MessageReader(source);
        message = default;

        if (!SessionMessage.TryReadStart(ref reader, SessionMessageType.Rights, Fields, out var unknown)
            || !reader.TryReadUInt32(out var rights)
            || !reader.TryReadEnd(unknown))
        {
            return false;
        }

        message = new RightsMessage(rights);
        return true;
    }

    /// <summary>Writes the message.</summary>
    public void Write(ref MessageWriter writer)
    {
        SessionMessage.WriteStart(ref writer, SessionMessageType.Rights, Fields);
        writer.WriteUnsigned(Rights);
    }
}
