using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Wire.Messages;

/// <summary>FETCHED: the end of the answer to a FETCH.</summary>
/// <remarks><c>[0x16, request u32, first held u64, last held u64]</c>, docs/wire-format.md §5.</remarks>
/// <param name="Request">Chosen by the one who asks; the answers carry it.</param>
/// <param name="FirstHeld">The first frame that is held; asked for ones below are gone.</param>
/// <param name="LastHeld">The last frame that is held.</param>
internal readonly record struct FetchedMessage(uint Request, ulong FirstHeld, ulong LastHeld)
{
    private const int Fields = 3;

    /// <summary>Reads the message from the untrusted plaintext of a session.</summary>
    /// <returns><see langword="false"/> for anything but one well-formed message of this type.</returns>
    public static bool TryRead(ReadOnlySpan<byte> source, out FetchedMessage message)
    {
        var reader = new MessageReader(source);
        message = default;

        if (!SessionMessage.TryReadStart(ref reader, SessionMessageType.Fetched, Fields, out var unknown)
            || !reader.TryReadUInt32(out var request)
            || !reader.TryReadUInt64(out var firstHeld)
            || !reader.TryReadUInt64(out var lastHeld)
            || !reader.TryReadEnd(unknown))
        {
            return false;
        }

        message = new FetchedMessage(request, firstHeld, lastHeld);
        return true;
    }

    /// <summary>Writes the message.</summary>
    public void Write(ref MessageWriter writer)
    {
        SessionMessage.WriteStart(ref writer, SessionMessageType.Fetched, Fields);
        writer.WriteUnsigned(Request);
        writer.WriteUnsigned(FirstHeld);
        writer.WriteUnsigned(LastHeld);
    }
}
