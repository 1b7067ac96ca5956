using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Wire.Records;

/// <summary>The beginning of a snapshot: where in the log of a lane it holds.</summary>
/// <remarks>
/// <c>[lane u16, incarnation u64, after frame u64, after record u64, base, charts]</c>, docs/wire-format.md §8.
/// </remarks>
internal readonly record struct SnapshotHeader
{
    /// <summary>Elements of a snapshot; the last is the array of the charts.</summary>
    internal const int Fields = 6;

    public required ushort Lane { get; init; }

    public required ulong Incarnation { get; init; }

    /// <summary>
    /// The newest sealed frame; 0 before the first. The frame after it may begin with records that are part of the
    /// snapshot, because it was open when that was made.
    /// </summary>
    public required ulong AfterFrame { get; init; }

    /// <summary>The last record that is part of the snapshot; 0 before the first.</summary>
    public required ulong AfterRecord { get; init; }

    /// <summary>The publisher's clocks when it was made.</summary>
    public required FrameBase Base { get; init; }

    /// <summary>How many charts follow, at most 65,536.</summary>
    public required int ChartCount { get; init; }

    /// <summary>Writes the beginning; as many charts follow as it counts, and nothing else.</summary>
    public void Write(ref MessageWriter writer)
    {
        writer.WriteArrayHeader(Fields);
        writer.WriteUnsigned(Lane);
        writer.WriteUnsigned(Incarnation);
        writer.WriteUnsigned(AfterFrame);
        writer.WriteUnsigned(AfterRecord);
        Base.Write(ref writer);
        writer.WriteArrayHeader(ChartCount);
    }

    /// <summary>Reads all but the charts.</summary>
    internal static bool TryRead(ref MessageReader reader, out SnapshotHeader header, out int unknown)
    {
        header = default;
        if (!reader.TryReadArray(Fields, out unknown)
            || !reader.TryReadUInt16(out var lane)
            || !reader.TryReadUInt64(out var incarnation)
            || !reader.TryReadUInt64(out var afterFrame)
            || !reader.TryReadUInt64(out var afterRecord)
            || !FrameBase.TryRead(ref reader, out var frameBase)
            || !reader.TryReadArrayHeader(out var chartCount)
            || chartCount > WireLimits.MaxSnapshotCharts)
        {
            return false;
        }

        header = new SnapshotHeader
        {
            Lane = lane,
            Incarnation = incarnation,
            AfterFrame = afterFrame,
            AfterRecord = afterRecord,
            Base = frameBase,
            ChartCount = chartCount,
        };
        return true;
    }
}
