using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Wire.Messages;

/// <summary>FRAME: one frame of a lane, as it was published.</summary>
/// <remarks>
/// <c>[0x15, request u32, frame bin]</c>, docs/wire-format.md §5. What was read points into the received bytes.
/// </remarks>
internal readonly ref struct FrameMessage
{
    private const int Fields = 2;

    /// <summary>The FETCH that it answers.</summary>
    public required uint Request { get; init; }

    /// <summary>The frame, sealed and signed.</summary>
    public required ReadOnlySpan<byte> Frame { get; init; }

    /// <summary>Reads the message from the untrusted plaintext of a session.</summary>
    /// <returns><see langword="false"/> for anything but one well-formed message of this type.</returns>
    public static bool TryRead(ReadOnlySpan<byte> source, out FrameMessage message)
    {
        var reader = new MessageReader(source);
        message = default;

        if (!SessionMessage.TryReadStart(ref reader, SessionMessageType.Frame, Fields, out var unknown)
            || !reader.TryReadUInt32(out var request)
            || !reader.TryReadBinary(WireLimits.MaxFrameBytes, out var frame)
            || !reader.TryReadEnd(unknown))
        {
            return false;
        }

        message = new FrameMessage
        {
            Request = request,
            Frame = frame,
        };
        return true;
    }

    /// <summary>Writes the message.</summary>
    public void Write(ref MessageWriter writer)
    {
        SessionMessage.WriteStart(ref writer, SessionMessageType.Frame, Fields);
        writer.WriteUnsigned(Request);
        writer.WriteBinary(Frame);
    }
}
