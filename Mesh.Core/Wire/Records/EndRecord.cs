using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Wire.Records;

/// <summary>An instance of a chart ended.</summary>
/// <remarks><c>[6, chart u32, reason u8]</c>, docs/wire-format.md §8.</remarks>
/// <param name="Chart">The number of the instance.</param>
/// <param name="Reason">Why; may be one that this version does not know.</param>
internal readonly record struct EndRecord(uint Chart, EndReason Reason)
{
    private const int Fields = 3;

    /// <summary>Reads the fields after the kind, and what follows those that are known.</summary>
    internal static bool TryReadFields(ref MessageReader reader, int count, out EndRecord record)
    {
        record = default;
        if (count < Fields
            || !reader.TryReadUInt32(out var chart)
            || !reader.TryReadUInt8(out var reason)
            || !reader.TrySkip(count - Fields, RecordReader.MaxFieldDepth))
        {
            return false;
        }

        record = new EndRecord(chart, (EndReason)reason);
        return true;
    }

    /// <summary>Writes the record.</summary>
    internal void Write(ref MessageWriter writer)
    {
        writer.WriteArrayHeader(Fields);
        writer.WriteUnsigned((byte)RecordKind.End);
        writer.WriteUnsigned(Chart);
        writer.WriteUnsigned((byte)Reason);
    }
}
