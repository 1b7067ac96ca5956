using System.Buffers.Binary;
using Mesh.Core.Wire;
using Mesh.Core.Wire.Records;
using Mesh.Statecharts.Instrumentation;
using Mesh.Tests.Fuzzing.Targets;
using NUnit.Framework;

namespace Mesh.Tests.Fuzzing;

/// <summary>Frames that are made to cost the view of a reader as much as they can: whole frames of one thing.</summary>
public sealed class WorstFrameTests
{
    private const int Seed = 1;
    private const int FullFrameBytes = WireLimits.MaxFramePlaintextBytes - 100;
    private const int FullFrameRecords = WireLimits.MaxFrameRecords - 16;

    private static readonly (byte[] Hash, int Signals) Definition = FirstDefinition();
    private static readonly byte[] Known = Definition.Hash;

    private delegate void Writing(RecordWriter writer, uint number);

    private static IEnumerable<TestCaseData> Frames()
    {
        yield return Case("charts of definitions that are not known", (writer, number) =>
            Chart(writer, number, Hash(number)));
        yield return Case("charts of a definition that is known", (writer, number) => Chart(writer, number, Known));
        yield return Case("charts without a name", (writer, number) => Step(writer, number, 0));
        yield return Case("charts and their first step", (writer, number) =>
        {
            Chart(writer, number, Known);
            Step(writer, number, 0);
        });
        yield return Case("charts and their first three steps", (writer, number) =>
        {
            Chart(writer, number, Known);
            Step(writer, number, 0);
            Step(writer, number, 1);
            Step(writer, number, 2);
        });
        yield return Case("charts and a noted step", (writer, number) =>
        {
            Chart(writer, number, Known);
            Step(writer, number, 0, 1);
        });
        yield return Case("charts and a name", (writer, number) =>
        {
            Chart(writer, number, Known);
            _ = writer.TryWriteName(new NameRecord(number, NameKind.Signal, (uint)Definition.Signals, "a"));
        });
        yield return Case("charts and a name far ahead", (writer, number) =>
        {
            Chart(writer, number, Known);
            _ = writer.TryWriteName(new NameRecord(number, NameKind.Signal, (uint)Definition.Signals + 1_000, "a"));
        });
        yield return Case("steps of one chart", (writer, number) =>
            Step(writer, Begin(writer, number, 1, Known), number));
        yield return Case("steps of twelve charts", (writer, number) =>
            Step(writer, Begin(writer, number, 12, Known), number / 12));
        yield return Case("steps that wait", (writer, number) =>
            Step(writer, Begin(writer, number, 1, Hash(1)), number));
        yield return Case("noted steps", (writer, number) =>
            Step(writer, Begin(writer, number, 12, Known), number / 12, 1));
        yield return Case("noted steps that wait", (writer, number) =>
            Step(writer, Begin(writer, number, 12, Hash(1)), number / 12, 1));
        yield return Case("lines of the trace", (writer, number) =>
            Trace(writer, Begin(writer, number, 12, Known), number / 12));
        yield return Case("lines of the trace that wait", (writer, number) =>
            Trace(writer, Begin(writer, number, 12, Hash(1)), number / 12));
        yield return Case("names of one chart", (writer, number) =>
            Name(writer, Begin(writer, number, 1, Known), number));
        yield return Case("names that wait", (writer, number) =>
            Name(writer, Begin(writer, number, 4, Hash(1)), number));
        yield return Case("lost steps", (writer, number) => Lose(writer, Begin(writer, number, 1, Known), number));
        yield return Case("lost steps that wait", (writer, number) =>
            Lose(writer, Begin(writer, number, 1, Hash(1)), number));
        yield return Case("charts that end", (writer, number) =>
        {
            Chart(writer, number, Known);
            _ = writer.TryWriteEnd(new EndRecord(number, EndReason.Stopped));
        });
    }

    [TestCaseSource(nameof(Frames))]
    public void Frame_CostsNoMoreThanTheBoundOfTheView(byte[] plaintext)
    {
        using var target = new ViewTarget();

        var report = new FuzzRunner(target, Seed).Replay([[0, .. plaintext], [1, .. plaintext]]);

        TestContext.Out.WriteLine($"{plaintext.Length} bytes:{report}");
        Assert.That(report.Findings, Is.Empty);
    }

    // Who keeps nothing has the bound of all others.
    [TestCaseSource(nameof(Frames))]
    public void Frame_CostsItsReaderLittle(byte[] plaintext)
    {
        using var records = new RecordsTarget();
        using var frame = new FrameTarget();

        var read = new FuzzRunner(records, Seed).Replay([plaintext]);
        var opened = new FuzzRunner(frame, Seed).Replay([[FrameTarget.Signed, .. plaintext]]);

        Assert.That(read.Findings.Concat(opened.Findings), Is.Empty);
    }

    private static TestCaseData Case(string name, Writing write)
    {
        var writer = new RecordWriter(new TimestampScale(1_000_000));
        writer.Begin(new byte[64 * 1024], new FrameBase(1_700_000_000_000_000, 60, 0));
        for (var number = 0U; writer.Count < FullFrameRecords && writer.LengthBytes < FullFrameBytes; number++)
        {
            write(writer, number);
        }

        return new TestCaseData(writer.Finish().ToArray()).SetArgDisplayNames(name);
    }

    private static byte[] Hash(uint number)
    {
        var hash = new byte[WireSizes.HashBytes];
        BinaryPrimitives.WriteUInt32BigEndian(hash, number);
        return hash;
    }

    private static (byte[] Hash, int Signals) FirstDefinition()
    {
        using var publisher = new FuzzPublisher();
        return (publisher.Definitions[0].Hash.ToArray(), publisher.Definitions[0].Signals.Count);
    }

    // The charts that the rest of the frame is about, before it.
    private static uint Begin(RecordWriter writer, uint number, uint charts, byte[] hash)
    {
        if (number < charts)
        {
            Chart(writer, number, hash);
        }

        return number % charts;
    }

    private static void Chart(RecordWriter writer, uint chart, byte[] hash) => _ = writer.TryWriteChart(
        new ChartRecord { Chart = chart, Name = "", TraceName = "a", Hash = hash });

    private static void Step(RecordWriter writer, uint chart, ulong number, int noteBytes = 0)
    {
        var step = new StepRecord
        {
            Number = number,
            Kind = StepKind.Step,
            Outcome = StepOutcome.OfTransition(0),
            NoteBytes = noteBytes,
        };
        _ = writer.TryWriteStep(chart, step, new byte[noteBytes]);
    }

    private static void Trace(RecordWriter writer, uint chart, ulong number) =>
        _ = writer.TryWriteTrace(chart, new TraceRecord { Number = number });

    private static void Name(RecordWriter writer, uint chart, uint number) =>
        _ = writer.TryWriteName(
            new NameRecord(chart, NameKind.Signal, (uint)Definition.Signals + (number % 1_100), "a"));

    private static void Lose(RecordWriter writer, uint chart, ulong number) =>
        _ = writer.TryWriteLost(new LostRecord(chart, number, number));
}
