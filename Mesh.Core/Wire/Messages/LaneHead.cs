using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Wire.Messages;

/// <summary>How far a lane has come, as every PING says.</summary>
/// <remarks><c>[lane u16, incarnation u64, last frame u64, last record u64]</c>, docs/wire-format.md §5.</remarks>
/// <param name="Lane">The lane, as LANES numbered it.</param>
/// <param name="Incarnation">The incarnation whose lane it is.</param>
/// <param name="LastFrame">Number of the newest frame, 0 before the first.</param>
/// <param name="LastRecord">Number of the newest record, 0 before the first.</param>
internal readonly record struct LaneHead(ushort Lane, ulong Incarnation, ulong LastFrame, ulong LastRecord)
{
    private const int Fields = 4;

    /// <summary>Reads a head inside a message.</summary>
    public static bool TryRead(ref MessageReader reader, out LaneHead head)
    {
        head = default;
        if (!reader.TryReadArray(Fields, out var unknown)
            || !reader.TryReadUInt16(out var lane)
            || !reader.TryReadUInt64(out var incarnation)
            || !reader.TryReadUInt64(out var lastFrame)
            || !reader.TryReadUInt64(out var lastRecord)
            || !reader.TrySkip(unknown, SessionMessage.MaxListItemDepth))
        {
            return false;
        }

        head = new LaneHead(lane, incarnation, lastFrame, lastRecord);
        return true;
    }

    /// <summary>Writes a head inside a message.</summary>
    public void Write(ref MessageWriter writer)
    {
        writer.WriteArrayHeader(Fields);
        writer.WriteUnsigned(Lane);
        writer.WriteUnsigned(Incarnation);
        writer.WriteUnsigned(LastFrame);
        writer.WriteUnsigned(LastRecord);
    }
}
