using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Wire.Records;

/// <summary>An instance of a chart begins: what it is called and which definition it runs.</summary>
/// <remarks>
/// <c>[1, chart u32, name str, trace name str, hash hash]</c>, docs/wire-format.md §8. What was read points into the
/// received bytes.
/// </remarks>
internal readonly ref struct ChartRecord
{
    private const int Fields = 5;

    /// <summary>The number of the instance, never used again within the incarnation.</summary>
    public required uint Chart { get; init; }

    /// <summary>What the spy calls it, at most 128 bytes of UTF-8.</summary>
    public required WireText Name { get; init; }

    /// <summary>What the trace calls it, at most 128 bytes of UTF-8.</summary>
    public required WireText TraceName { get; init; }

    /// <summary>SHA-256 of the canonical definition, 32 bytes.</summary>
    public required ReadOnlySpan<byte> Hash { get; init; }

    /// <summary>Reads the fields after the kind, and what follows those that are known.</summary>
    internal static bool TryReadFields(scoped ref MessageReader reader, int count, out ChartRecord record)
    {
        record = default;
        if (count < Fields
            || !reader.TryReadUInt32(out var chart)
            || !reader.TryReadWireText(WireLimits.MaxChartNameBytes, out var name)
            || !reader.TryReadWireText(WireLimits.MaxChartNameBytes, out var traceName)
            || !reader.TryReadFixedBinary(WireSizes.HashBytes, out var hash)
            || !reader.TrySkip(count - Fields, RecordReader.MaxFieldDepth))
        {
            return false;
        }

        record = new ChartRecord { Chart = chart, Name = name, TraceName = traceName, Hash = hash };
        return true;
    }

    /// <summary>Writes the record.</summary>
    internal void Write(ref MessageWriter writer)
    {
        writer.WriteArrayHeader(Fields);
        writer.WriteUnsigned((byte)RecordKind.Chart);
        writer.WriteUnsigned(Chart);
        Name.Write(ref writer, WireLimits.MaxChartNameBytes);
        TraceName.Write(ref writer, WireLimits.MaxChartNameBytes);
        writer.WriteBinary(Hash);
    }
}
