using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Wire.Records;

/// <summary>One instance of a chart in a snapshot: what its records up to there add up to.</summary>
/// <remarks>
/// <c>[chart u32, name str, trace name str, hash hash, next step u64, leaf n32, flags u8, queued n32, deferred u32,
/// names]</c>, docs/wire-format.md §8. What was read points into the snapshot's bytes.
/// </remarks>
internal readonly ref struct SnapshotChart
{
    private const int Fields = 10;

    /// <summary>The number of the instance.</summary>
    public required uint Chart { get; init; }

    /// <summary>What the spy calls it, at most 128 bytes of UTF-8.</summary>
    public required WireText Name { get; init; }

    /// <summary>What the trace calls it, at most 128 bytes of UTF-8.</summary>
    public required WireText TraceName { get; init; }

    /// <summary>SHA-256 of the canonical definition, 32 bytes.</summary>
    public required ReadOnlySpan<byte> Hash { get; init; }

    /// <summary>The number of the next step: how many there were.</summary>
    public required ulong NextStep { get; init; }

    /// <summary>The settled state; −1 before the start.</summary>
    public required int Leaf { get; init; }

    /// <summary>Flags that this version does not know mean nothing.</summary>
    public required ChartStates States { get; init; }

    /// <summary>How many events wait; −1 when the chart runs without queues.</summary>
    public required int Queued { get; init; }

    /// <summary>How many events are deferred.</summary>
    public required int Deferred { get; init; }

    /// <summary>The texts of numbers outside the definition, at most 4,096.</summary>
    public required SnapshotNames Names { get; init; }

    /// <summary>Writes the chart inside a snapshot.</summary>
    public void Write(ref MessageWriter writer)
    {
        writer.WriteArrayHeader(Fields);
        writer.WriteUnsigned(Chart);
        Name.Write(ref writer, WireLimits.MaxChartNameBytes);
        TraceName.Write(ref writer, WireLimits.MaxChartNameBytes);
        writer.WriteBinary(Hash);
        writer.WriteUnsigned(NextStep);
        writer.WriteUnsigned(StepCode.OfNumber(Leaf));
        writer.WriteUnsigned((byte)States);
        writer.WriteUnsigned(StepCode.OfNumber(Queued));
        writer.WriteUnsigned((uint)Deferred);
        Names.Write(ref writer);
    }

    /// <summary>Reads a chart inside a snapshot; allocates nothing.</summary>
    internal static bool TryRead(scoped ref MessageReader reader, out SnapshotChart chart)
    {
        chart = default;
        if (!reader.TryReadArray(Fields, out var unknown)
            || !reader.TryReadUInt32(out var number)
            || !reader.TryReadWireText(WireLimits.MaxChartNameBytes, out var name)
            || !reader.TryReadWireText(WireLimits.MaxChartNameBytes, out var traceName)
            || !reader.TryReadFixedBinary(WireSizes.HashBytes, out var hash)
            || !reader.TryReadUInt64(out var nextStep)
            || !StepCode.TryReadNumber(ref reader, out var leaf)
            || !reader.TryReadUInt8(out var states)
            || !StepCode.TryReadNumber(ref reader, out var queued)
            || !StepCode.TryReadCount(ref reader, out var deferred)
            || !SnapshotNames.TryRead(ref reader, out var names)
            || !reader.TrySkip(unknown, WireLimits.MaxDepth - 3))
        {
            return false;
        }

        chart = new SnapshotChart
        {
            Chart = number,
            Name = name,
            TraceName = traceName,
            Hash = hash,
            NextStep = nextStep,
            Leaf = leaf,
            States = (ChartStates)states,
            Queued = queued,
            Deferred = deferred,
            Names = names,
        };
        return true;
    }
}
