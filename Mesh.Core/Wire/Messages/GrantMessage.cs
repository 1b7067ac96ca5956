using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Wire.Messages;

/// <summary>GRANT: the key of one epoch of a lane.</summary>
/// <remarks>
/// <c>[0x12, lane u16, incarnation u64, epoch u32, key key, first frame u64]</c>, docs/wire-format.md §5. What was
/// read points into the received bytes.
/// </remarks>
internal readonly ref struct GrantMessage
{
    private const int Fields = 5;

    /// <summary>The lane, as LANES numbered it.</summary>
    public required ushort Lane { get; init; }

    /// <summary>The incarnation whose lane it is.</summary>
    public required ulong Incarnation { get; init; }

    /// <summary>The epoch of the lane.</summary>
    public required uint Epoch { get; init; }

    /// <summary>The 32 bytes of the key: a secret.</summary>
    public required ReadOnlySpan<byte> Key { get; init; }

    /// <summary>The first frame sealed under that key.</summary>
    public required ulong FirstFrame { get; init; }

    /// <summary>Reads the message from the untrusted plaintext of a session.</summary>
    /// <returns><see langword="false"/> for anything but one well-formed message of this type.</returns>
    public static bool TryRead(ReadOnlySpan<byte> source, out GrantMessage message)
    {
        var reader = new MessageReader(source);
        message = default;

        if (!SessionMessage.TryReadStart(ref reader, SessionMessageType.Grant, Fields, out var unknown)
            || !reader.TryReadUInt16(out var lane)
            || !reader.TryReadUInt64(out var incarnation)
            || !reader.TryReadUInt32(out var epoch)
            || !reader.TryReadFixedBinary(WireSizes.KeyBytes, out var key)
            || !reader.TryReadUInt64(out var firstFrame)
            || !reader.TryReadEnd(unknown))
        {
            return false;
        }

        message = new GrantMessage
        {
            Lane = lane,
            Incarnation = incarnation,
            Epoch = epoch,
            Key = key,
            FirstFrame = firstFrame,
        };
        return true;
    }

    /// <summary>Writes the message.</summary>
    public void Write(ref MessageWriter writer)
    {
        SessionMessage.WriteStart(ref writer, SessionMessageType.Grant, Fields);
        writer.WriteUnsigned(Lane);
        writer.WriteUnsigned(Incarnation);
        writer.WriteUnsigned(Epoch);
        writer.WriteBinary(Key);
        writer.WriteUnsigned(FirstFrame);
    }
}
