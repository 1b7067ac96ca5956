using Mesh.Core.Wire;
using Mesh.Core.Wire.MessagePack;
using Mesh.Core.Wire.Records;

namespace Mesh.Tests.Core.Wire.Records;

/// <summary>The plaintexts of frames and the snapshots of docs/wire-format.md §8.</summary>
internal static class RecordCases
{
    private static readonly long MaxWall = (DateTime.MaxValue - DateTime.UnixEpoch).Ticks / 10;

    /// <summary>A frame cannot grow as an array: its header counts its records.</summary>
    public static CodecCase Frame()
    {
        var buffer = new byte[64 * 1024];
        var writer = new RecordWriter(new TimestampScale(1_000_000));
        var table = new ChartStepTable();
        return new CodecCase(
            "Records",
            (ref destination, random) => MakeFrame(writer, buffer, random, ref destination),
            (source, ref destination) => RewriteFrame(table, writer, buffer, source, ref destination))
        {
            MaxAllocatedBytes = 16 * 1_024,
        };
    }

    public static CodecCase Snapshot() => new("SnapshotState", MakeSnapshot, RewriteSnapshot)
    {
        MaxAllocatedBytes = 128 * 1_024,
    };

    public static FrameBase NextBase(Random random) => new(
        (long)random.NextNumber((ulong)MaxWall),
        (short)random.Next(-840, 841),
        random.NextSigned());

    private static void MakeFrame(RecordWriter writer, byte[] buffer, Random random, ref MessageWriter destination)
    {
        writer.Begin(buffer, NextBase(random));
        var charts = Enumerable.Range(0, random.Next(1, 4)).Select(_ => random.NextUInt32()).ToArray();
        var steps = charts.Select(_ => new RandomSteps(random)).ToArray();
        for (var left = random.Next(random.Next(10) == 0 ? 120 : 12); left > 0; left--)
        {
            var index = random.Next(charts.Length);
            if (random.Next(5) > 0)
            {
                writer.TryWriteStep(charts[index], steps[index].Next(), steps[index].Notes);
            }
            else
            {
                WriteOther(writer, charts[index], random);
            }
        }

        destination.WriteRaw(writer.Finish());
    }

    private static void WriteOther(RecordWriter writer, uint chart, Random random)
    {
        switch (random.Next(5))
        {
            case 0:
                writer.TryWriteChart(new ChartRecord
                {
                    Chart = chart,
                    Name = random.NextText(WireLimits.MaxChartNameBytes),
                    TraceName = random.NextText(WireLimits.MaxChartNameBytes),
                    Hash = random.NextBlob(WireSizes.HashBytes),
                });
                break;
            case 1:
                var text = random.NextText(WireLimits.MaxTextBytes);
                writer.TryWriteName(new NameRecord(chart, (NameKind)random.Next(2), random.NextUInt32(), text));
                break;
            case 2:
                var from = random.NextUInt64();
                writer.TryWriteLost(new LostRecord(chart, from, Math.Max(from, random.NextUInt64())));
                break;
            case 3:
                writer.TryWriteEnd(new EndRecord(chart, (EndReason)random.NextUInt8()));
                break;
            default:
                writer.TryWriteTrace(chart, new()
                {
                    Number = random.NextUInt64(),
                    Timestamp = random.NextSigned(),
                    Signal = random.Next(-1, 5_000),
                    From = random.Next(-1, 5_000),
                    To = random.Next(-1, 5_000),
                });
                break;
        }
    }

    private static bool RewriteFrame(
        ChartStepTable table,
        RecordWriter writer,
        byte[] buffer,
        ReadOnlySpan<byte> source,
        ref MessageWriter destination)
    {
        // The count of a frame's header, which these bytes do not have.
        new MessageReader(source).TryReadArrayHeader(out var length);
        var reader = new RecordReader(source, (uint)Math.Max(0, length - 1), table);
        writer.Begin(buffer, reader.Base);
        while (reader.TryRead(out var kind))
        {
            Rewrite(writer, in reader, kind);
        }

        destination.WriteRaw(writer.Finish());
        return reader.Refusal == RecordRefusal.None;
    }

    private static void Rewrite(RecordWriter writer, in RecordReader reader, RecordKind kind)
    {
        _ = kind switch
        {
            RecordKind.Chart => writer.TryWriteChart(reader.Chart),
            RecordKind.Step => writer.TryWriteStep(reader.ChartNumber, reader.Step, reader.Notes),
            RecordKind.Name => writer.TryWriteName(reader.Name),
            RecordKind.Lost => writer.TryWriteLost(reader.Lost),
            RecordKind.End => writer.TryWriteEnd(reader.End),
            RecordKind.Trace => writer.TryWriteTrace(reader.ChartNumber, reader.Trace),
            _ => false,
        };
    }

    private static void MakeSnapshot(ref MessageWriter writer, Random random)
    {
        var header = new SnapshotHeader
        {
            Lane = random.NextUInt16(),
            Incarnation = random.NextUInt64(),
            AfterFrame = random.NextUInt64(),
            AfterRecord = random.NextUInt64(),
            Base = NextBase(random),
            ChartCount = random.Next(random.Next(10) == 0 ? 20 : 4),
        };
        header.Write(ref writer);
        for (var index = 0; index < header.ChartCount; index++)
        {
            MakeChart(random).Write(ref writer);
        }
    }

    private static SnapshotChart MakeChart(Random random)
    {
        var names = new SnapshotName[random.Next(4)];
        for (var index = 0; index < names.Length; index++)
        {
            var text = random.NextText(WireLimits.MaxTextBytes);
            names[index] = new SnapshotName((NameKind)random.Next(2), random.NextUInt32(), text);
        }

        return new SnapshotChart
        {
            Chart = random.NextUInt32(),
            Name = random.NextText(WireLimits.MaxChartNameBytes),
            TraceName = random.NextText(WireLimits.MaxChartNameBytes),
            Hash = random.NextBlob(WireSizes.HashBytes),
            NextStep = random.NextUInt64(),
            Leaf = random.Next(-1, 5_000),
            States = (ChartStates)random.NextUInt8(),
            Queued = random.Next(-1, 5_000),
            Deferred = random.Next(5_000),
            Names = names,
        };
    }

    private static bool RewriteSnapshot(ReadOnlySpan<byte> source, ref MessageWriter writer)
    {
        if (!SnapshotReader.TryOpen(source, out var reader))
        {
            return false;
        }

        reader.Header.Write(ref writer);
        while (reader.TryRead(out var chart))
        {
            chart.Write(ref writer);
        }

        return reader.IsComplete;
    }
}
