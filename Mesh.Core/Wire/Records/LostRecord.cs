using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Wire.Records;

/// <summary>Steps of a chart that were overwritten before they were read.</summary>
/// <remarks><c>[5, chart u32, from step u64, to step u64]</c>, docs/wire-format.md §8.</remarks>
/// <param name="Chart">The number of the instance.</param>
/// <param name="FromStep">The first lost step.</param>
/// <param name="ToStep">The last lost step.</param>
internal readonly record struct LostRecord(uint Chart, ulong FromStep, ulong ToStep)
{
    private const int Fields = 4;

    /// <summary>Reads the fields after the kind, and what follows those that are known.</summary>
    internal static bool TryReadFields(ref MessageReader reader, int count, out LostRecord record)
    {
        record = default;
        if (count < Fields
            || !reader.TryReadUInt32(out var chart)
            || !reader.TryReadUInt64(out var fromStep)
            || !reader.TryReadUInt64(out var toStep)
            || !reader.TrySkip(count - Fields, RecordReader.MaxFieldDepth)
            || toStep < fromStep)
        {
            return false;
        }

        record = new LostRecord(chart, fromStep, toStep);
        return true;
    }

    /// <summary>Writes the record.</summary>
    internal void Write(ref MessageWriter writer)
    {
        writer.WriteArrayHeader(Fields);
        writer.WriteUnsigned((byte)RecordKind.Lost);
        writer.WriteUnsigned(Chart);
        writer.WriteUnsigned(FromStep);
        writer.WriteUnsigned(ToStep);
    }
}
