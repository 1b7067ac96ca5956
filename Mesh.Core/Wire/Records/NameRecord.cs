using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Wire.Records;

/// <summary>A signal or a state outside the definition gets its text.</summary>
/// <remarks><c>[4, chart u32, kind u8, number u32, text str]</c>, docs/wire-format.md §8.</remarks>
/// <param name="chart">The number of the instance.</param>
/// <param name="kind">What the number stands for.</param>
/// <param name="number">At or above the count of the definition.</param>
/// <param name="text">At most 256 bytes of UTF-8.</param>
internal readonly ref struct NameRecord(uint chart, NameKind kind, uint number, WireText text)
{
    private const int Fields = 5;

    /// <summary>The number of the instance.</summary>
    public uint Chart { get; } = chart;

    /// <summary>What the number stands for.</summary>
    public NameKind Kind { get; } = kind;

    /// <summary>The number, at or above the count of the definition.</summary>
    public uint Number { get; } = number;

    /// <summary>What it is called.</summary>
    public WireText Text { get; } = text;

    /// <summary>Reads the fields after the kind, and what follows those that are known.</summary>
    internal static bool TryReadFields(scoped ref MessageReader reader, int count, out NameRecord record)
    {
        record = default;
        if (count < Fields
            || !reader.TryReadUInt32(out var chart)
            || !reader.TryReadUInt8(out var kind)
            || !reader.TryReadUInt32(out var number)
            || !reader.TryReadWireText(WireLimits.MaxTextBytes, out var text)
            || !reader.TrySkip(count - Fields, RecordReader.MaxFieldDepth)
            || kind > (byte)NameKind.State)
        {
            return false;
        }

        record = new NameRecord(chart, (NameKind)kind, number, text);
        return true;
    }

    /// <summary>Writes the record.</summary>
    internal void Write(ref MessageWriter writer)
    {
        writer.WriteArrayHeader(Fields);
        writer.WriteUnsigned((byte)RecordKind.Name);
        writer.WriteUnsigned(Chart);
        writer.WriteUnsigned((byte)Kind);
        writer.WriteUnsigned(Number);
        Text.Write(ref writer, WireLimits.MaxTextBytes);
    }
}
