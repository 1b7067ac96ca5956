using Mesh.Core.Wire;
using Mesh.Core.Wire.MessagePack;
using Mesh.Core.Wire.Records;
using Mesh.Statecharts.Instrumentation;
using NUnit.Framework;

namespace Mesh.Tests.Core.Wire.Records;

public sealed class RecordReaderTests
{
    private static readonly byte[][] Prefix = [Encode(1_700_000_000_000_000, -120, 5_000_000)];

    private static byte[] Vector => MessageVectorTests.Vectors["Records"];

    [Test]
    public void TryRead_TellsEachRecordOfTheVector()
    {
        var reader = new RecordReader(Vector, 9, new ChartStepTable());
        var told = new List<string>();

        while (reader.TryRead(out var kind))
        {
            told.Add(kind switch
            {
                RecordKind.Chart => string.Join(
                    ' ',
                    "chart",
                    reader.Chart.Chart,
                    reader.Chart.Name.ToString(),
                    reader.Chart.TraceName.ToString(),
                    Convert.ToHexString(reader.Chart.Hash[..2])),
                RecordKind.Step => $"step {reader.ChartNumber} {Tell(reader.Step)} {Convert.ToHexString(reader.Notes)}",
                RecordKind.Name => string.Join(
                    ' ', "name", reader.Name.Chart, reader.Name.Kind, reader.Name.Number, reader.Name.Text.ToString()),
                RecordKind.Lost => reader.Lost.ToString(),
                RecordKind.End => reader.End.ToString(),
                _ => $"trace {reader.ChartNumber} {reader.Trace}",
            });
        }

        Assert.That(reader.Refusal, Is.EqualTo(RecordRefusal.None));
        Assert.That(reader.Base, Is.EqualTo(new FrameBase(1_700_000_000_000_000, -120, 5_000_000)));
        Assert.That(told, Is.EqualTo(new[]
        {
            "chart 7 oven ofen 1011",
            "step 7 0 Start 5000100 s-1 Start -1 3 -1 -1>3 q0 d0 0 ",
            "step 7 1 Step 5000350 s2 Transition 2 -1 -1 3>4 q0 d0 0 ",
            "step 7 2 Step 5000351 s2 Dynamic -1 5 8 4>5 q-1 d2 1 111213",
            "step 7 3 Fault 5000400 s2 Ignored -1 -1 -1 5>5 q-1 d2 0 ",
            "name 7 Signal 12 ODD",
            "LostRecord { Chart = 7, FromStep = 4, ToStep = 9 }",
            "trace 8 TraceRecord { Number = 70000, Timestamp = -5, Signal = 0, From = -1, To = 127 }",
            "EndRecord { Chart = 7, Reason = FaultedHost }",
        }));
    }

    [TestCase(8)]
    [TestCase(10)]
    [TestCase(8_193)]
    public void TryRead_RefusesTheCount_WhenTheHeaderSaysAnother(int count)
    {
        var reader = new RecordReader(Vector, (uint)count, new ChartStepTable());

        Assert.That(reader.TryRead(out _), Is.False);
        Assert.That(reader.Refusal, Is.EqualTo(RecordRefusal.Count));
    }

    [TestCase(-1L, 0, 0L)]
    [TestCase(long.MaxValue, 0, 0L)]
    [TestCase(0L, 841, 0L)]
    [TestCase(0L, -841, 0L)]
    public void TryRead_RefusesTheBase_WhenItsTimeIsNone(long wall, int offset, long clock)
    {
        AssertRefusal([Encode(wall, offset, clock)], 0, RecordRefusal.Base);
    }

    [Test]
    public void TryRead_RefusesTheRest_WithItsReason()
    {
        var first = EncodeStep(chart: 7, step: 5, time: 10);
        var lastNumber = EncodeStep(chart: 7, step: ulong.MaxValue, time: 10);
        var lastTime = EncodeStep(chart: 7, step: 5, time: long.MaxValue);
        var next = EncodeRelative(chart: 7, elapsed: 1);
        var tooLong = CodecBytes.Join([.. CodecBytes.Split(first), Encode(new byte[WireLimits.MaxRecordBytes])]);

        using (Assert.EnterMultipleScope())
        {
            AssertRefusal([.. Prefix, next], 0, RecordRefusal.RelativeFirst);
            AssertRefusal([.. Prefix, first, EncodeRelative(chart: 8, elapsed: 1)], 1, RecordRefusal.RelativeFirst);
            AssertRefusal([.. Prefix, lastNumber, next], 1, RecordRefusal.Overflow);
            AssertRefusal([.. Prefix, lastTime, next], 1, RecordRefusal.Overflow);
            AssertRefusal([.. Prefix, tooLong], 0, RecordRefusal.TooLong);
            AssertRefusal([.. Prefix, first, [0x90]], 1, RecordRefusal.Form);
            AssertRefusal([.. Prefix, first, [0xC0]], 1, RecordRefusal.Form);
        }
    }

    [TestCase(3, 3u)] // dynamic
    [TestCase(3, 6u)] // no outcome at all
    [TestCase(8, 3u)] // dynamic without a target
    public void TryRead_RefusesARelativeStep_WhoseOutcomeMeansNothing(int kind, uint outcome)
    {
        var fields = kind == 3
            ? new object[] { kind, 7, 1, 0, outcome, 0, 0, 0 }
            : [kind, 7, 1, 0, outcome, 0, 0, 0, 0, 0, Array.Empty<byte>()];

        AssertRefusal([.. Prefix, EncodeStep(7, 1, 1), Encode(fields)], 1, RecordRefusal.Form);
    }

    [Test]
    public void TryRead_RefusesARelativeStep_OfTheLongestNumbers()
    {
        byte[] longest = [0xCF, .. Enumerable.Repeat((byte)0xFF, 8)];
        var step = CodecBytes.Join([[3], .. Enumerable.Repeat(longest, 7)]);

        AssertRefusal([.. Prefix, EncodeStep(7, 1, 1), step], 1, RecordRefusal.Form);
        AssertRefusal([.. Prefix, EncodeStep(7, 1, 1), step[..^20]], 1, RecordRefusal.Form);
    }

    [Test]
    public void TryRead_Refuses_WhenBytesFollowTheLastRecord()
    {
        byte[] longer = [.. Vector, 0xC0];
        var reader = new RecordReader(longer, 9, new ChartStepTable());
        var count = 0;

        while (reader.TryRead(out _))
        {
            count++;
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(count, Is.EqualTo(9));
            Assert.That(reader.Refusal, Is.EqualTo(RecordRefusal.Trailing));
            Assert.That(reader.TryRead(out _), Is.False);
        }
    }

    [Test]
    public void TryRead_PassesOverKindsAndFieldsThatItDoesNotKnow()
    {
        var grown = CodecBytes.Join([.. CodecBytes.Split(EncodeRelative(7, 9)), Encode("later")]);
        var plaintext = CodecBytes.Join([.. Prefix, EncodeStep(7, 5, 10), Encode(200, "new", 5), Encode(9), grown]);
        var reader = new RecordReader(plaintext, 4, new ChartStepTable());
        var kinds = new List<RecordKind>();

        while (reader.TryRead(out var kind))
        {
            kinds.Add(kind);
        }

        Assert.That(reader.Refusal, Is.EqualTo(RecordRefusal.None));
        Assert.That(kinds, Is.EqualTo(new[]
        {
            RecordKind.Step, RecordKind.Unknown, RecordKind.Unknown, RecordKind.Step,
        }));
        Assert.That(reader.Step.Number, Is.EqualTo(6));
        Assert.That(reader.Step.Timestamp, Is.EqualTo(19));
    }

    [Test]
    public void TryRead_StartsAnew_WithEveryFrame()
    {
        var table = new ChartStepTable();
        var reader = new RecordReader(CodecBytes.Join([.. Prefix, EncodeStep(7, 5, 10)]), 1, table);
        Assert.That(reader.TryRead(out _), Is.True);

        var next = new RecordReader(CodecBytes.Join([.. Prefix, EncodeRelative(7, 1)]), 1, table);

        Assert.That(next.TryRead(out _), Is.False);
        Assert.That(next.Refusal, Is.EqualTo(RecordRefusal.RelativeFirst));
    }

    private static string Tell(in StepRecord step) =>
        $"{step.Number} {step.Kind} {step.Timestamp} s{step.Signal} {step.Outcome.Kind} {step.Outcome.Transition} "
        + $"{step.Outcome.State} {step.Outcome.Target} {step.LeafBefore}>{step.LeafAfter} q{step.Queued} "
        + $"d{step.Deferred} {step.DroppedNotes}";

    private static void AssertRefusal(byte[][] elements, int recordsBefore, RecordRefusal expected)
    {
        var reader = new RecordReader(CodecBytes.Join(elements), (uint)(elements.Length - 1), new ChartStepTable());
        var count = 0;

        while (reader.TryRead(out _))
        {
            count++;
        }

        Assert.That(reader.Refusal, Is.EqualTo(expected));
        Assert.That(count, Is.EqualTo(recordsBefore));
    }

    private static byte[] EncodeStep(uint chart, ulong step, long time) =>
        Encode(2, chart, step, 1, time, 1, 2, 1, 1, 1, 0, 0, 0, Array.Empty<byte>());

    private static byte[] EncodeRelative(uint chart, ulong elapsed) => Encode(3, chart, elapsed, 1, 2, 1, 1, 0);

    private static byte[] Encode(params object[] fields)
    {
        var writer = new MessageWriter(new byte[40_000]);
        writer.WriteArrayHeader(fields.Length);
        foreach (var field in fields)
        {
            switch (field)
            {
                case string text:
                    writer.WriteText(text, 100);
                    break;
                case byte[] bytes:
                    writer.WriteBinary(bytes);
                    break;
                case ulong number:
                    writer.WriteUnsigned(number);
                    break;
                default:
                    writer.WriteSigned(Convert.ToInt64(field, null));
                    break;
            }
        }

        return writer.Written.ToArray();
    }
}
