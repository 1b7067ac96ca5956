using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Wire.Messages;

/// <summary>A lane that is offered, and which of its frames are held.</summary>
/// <remarks>
/// <c>[lane u16, kind u8, topic bin 16, incarnation u64, first frame u64, last frame u64, end u8]</c>,
/// docs/wire-format.md §5.
/// </remarks>
internal readonly record struct LaneEntry
{
    private const int Fields = 7;

    public required ushort Lane { get; init; }

    /// <summary>One kind; one that this version does not know is passed on as it is.</summary>
    public required LaneKinds Kind { get; init; }

    /// <summary>The topic to subscribe to.</summary>
    public required Topic Topic { get; init; }

    public required ulong Incarnation { get; init; }

    /// <summary>Number of the first frame that is held, at least 1.</summary>
    public required ulong FirstFrame { get; init; }

    /// <summary>Number of the last frame that is held; <see cref="FirstFrame"/> − 1 when none is.</summary>
    public required ulong LastFrame { get; init; }

    /// <summary>Whether more will come; what this version does not know reads as unknown.</summary>
    public required LaneEnd End { get; init; }

    /// <summary>Reads an entry inside a message.</summary>
    public static bool TryRead(ref MessageReader reader, out LaneEntry entry)
    {
        entry = default;
        if (!reader.TryReadArray(Fields, out var unknown)
            || !reader.TryReadUInt16(out var lane)
            || !reader.TryReadUInt8(out var kind)
            || !reader.TryReadFixedBinary(WireSizes.TopicBytes, out var topic)
            || !reader.TryReadUInt64(out var incarnation)
            || !reader.TryReadUInt64(out var firstFrame)
            || !reader.TryReadUInt64(out var lastFrame)
            || !reader.TryReadUInt8(out var end)
            || !reader.TrySkip(unknown, SessionMessage.MaxListItemDepth)
            || firstFrame == 0
            || lastFrame < firstFrame - 1)
        {
            return false;
        }

        entry = new LaneEntry
        {
            Lane = lane,
            Kind = (LaneKinds)kind,
            Topic = Topic.Read(topic),
            Incarnation = incarnation,
            FirstFrame = firstFrame,
            LastFrame = lastFrame,
            End = end <= (byte)LaneEnd.Unknown ? (LaneEnd)end : LaneEnd.Unknown,
        };
        return true;
    }

    /// <summary>Writes an entry inside a message.</summary>
    public void Write(ref MessageWriter writer)
    {
        writer.WriteArrayHeader(Fields);
        writer.WriteUnsigned(Lane);
        writer.WriteUnsigned((byte)Kind);
        writer.WriteBinaryHeader(WireSizes.TopicBytes);
        if (writer.TryReserve(WireSizes.TopicBytes, out var topic))
        {
            Topic.Write(topic);
        }

        writer.WriteUnsigned(Incarnation);
        writer.WriteUnsigned(FirstFrame);
        writer.WriteUnsigned(LastFrame);
        writer.WriteUnsigned((byte)End);
    }
}
