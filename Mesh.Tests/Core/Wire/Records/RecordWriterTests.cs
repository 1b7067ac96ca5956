using Mesh.Core.Wire;
using Mesh.Core.Wire.Records;
using Mesh.Statecharts.Instrumentation;
using NUnit.Framework;

namespace Mesh.Tests.Core.Wire.Records;

public sealed class RecordWriterTests
{
    private const long Nanoseconds = 1_000_000_000;
    private static readonly FrameBase Base = new(1_700_000_000_000_000, -120, 5_000_000);

    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly RecordWriter _writer = new(new TimestampScale(Nanoseconds));
    private readonly ChartStepTable _table = new();

    [Test]
    public void Finish_GivesTheBytesOfTheVector()
    {
        _writer.Begin(_buffer, Base);
        _writer.TryWriteChart(new ChartRecord
        {
            Chart = 7,
            Name = "oven",
            TraceName = "ofen",
            Hash = VectorMessages.Bytes(16, 32),
        });
        _writer.TryWriteStep(7, Start(), []);
        _writer.TryWriteStep(7, Second(), []);
        _writer.TryWriteStep(7, Dynamic(), VectorMessages.Bytes(17, 3));
        _writer.TryWriteStep(7, Fault(), []);
        _writer.TryWriteName(new NameRecord(7, NameKind.Signal, 12, "ODD"));
        _writer.TryWriteLost(new LostRecord(7, 4, 9));
        var trace = new TraceRecord { Number = 70_000, Timestamp = -5_999, Signal = 0, From = -1, To = 127 };
        _writer.TryWriteTrace(8, trace);
        _writer.TryWriteEnd(new EndRecord(7, EndReason.FaultedHost));

        var plaintext = Convert.ToHexString(_writer.Finish());

        Assert.That(plaintext, Is.EqualTo(Convert.ToHexString(MessageVectorTests.Vectors["Records"])));
    }

    [TestCase(0)]
    [TestCase(14)]
    [TestCase(15)]
    [TestCase(300)]
    public void Finish_GivesTheShortestHeader_ForAnyCount(int count)
    {
        _writer.Begin(_buffer, Base);
        for (var index = 0; index < count; index++)
        {
            _writer.TryWriteEnd(new EndRecord((uint)index, EndReason.Stopped));
        }

        var reader = new RecordReader(_writer.Finish(), (uint)count, _table);
        var read = 0;
        while (reader.TryRead(out _))
        {
            read++;
        }

        Assert.That(reader.Refusal, Is.EqualTo(RecordRefusal.None));
        Assert.That(read, Is.EqualTo(count));
    }

    [Test]
    public void Steps_ComeBackAsTheyWere_ForThousandsOfCharts()
    {
        var random = new Random(4);
        var charts = Enumerable.Range(0, 3_000).Select(index => (uint)index * 7).ToArray();
        var written = new List<(uint Chart, StepRecord Step)>();
        _writer.Begin(_buffer, Base);
        for (ulong number = 1; number <= 2; number++)
        {
            random.Shuffle(charts);
            foreach (var chart in charts)
            {
                var step = Step(number, (long)number * 1_000, before: (int)number - 1, after: (int)number);
                if (_writer.TryWriteStep(chart, step, []))
                {
                    written.Add((chart, step with { Timestamp = step.Timestamp / 1_000 }));
                }
            }
        }

        var reader = new RecordReader(_writer.Finish(), (uint)written.Count, _table);
        var read = new List<(uint Chart, StepRecord Step)>();
        while (reader.TryRead(out _))
        {
            read.Add((reader.ChartNumber, reader.Step));
        }

        Assert.That(written, Has.Count.GreaterThan(3_000), "some are relative");
        Assert.That(read, Is.EqualTo(written));
    }

    [Test]
    public void TryWriteStep_TakesTwelveBytesAStep_InAFullFrame()
    {
        var count = FillWithSteps();
        var length = _writer.Finish().Length;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(count, Is.GreaterThan(4_000));
            Assert.That((double)length / count, Is.LessThan(12));
        }
    }

    [Test]
    public void IsDue_TurnsTrue_AtTheSizeOfAFlush()
    {
        _writer.Begin(_buffer, Base);
        var notes = new byte[WireLimits.MaxNotesBytes];

        for (var index = 1u; index <= 5; index++)
        {
            Assert.That(_writer.TryWriteStep(index, Step(1, 0, 0, 0), notes), Is.True);
            Assert.That(_writer.IsDue, Is.False);
        }

        Assert.That(_writer.TryWriteStep(6, Step(1, 0, 0, 0), notes), Is.True);
        Assert.That(_writer.IsDue, Is.True);
    }

    [Test]
    public void TryWrite_RefusesAndLeavesTheFrameAsItWas_WhenTheFrameIsFull()
    {
        _writer.Begin(_buffer, Base);
        var notes = new byte[WireLimits.MaxNotesBytes];
        var count = 0u;
        while (_writer.TryWriteStep(count, Step(1, 0, 0, 0), notes))
        {
            count++;
        }

        var length = _writer.LengthBytes;
        var isWritten = _writer.TryWriteStep(count, Step(1, 0, 0, 0), notes);
        var plaintext = _writer.Finish().ToArray();
        _writer.Begin(_buffer, Base);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(isWritten, Is.False);
            Assert.That(plaintext, Has.Length.LessThanOrEqualTo(WireLimits.MaxFramePlaintextBytes));
            Assert.That(length, Is.LessThanOrEqualTo(WireLimits.MaxFramePlaintextBytes));
            Assert.That(new RecordReader(plaintext, count, _table).Refusal, Is.EqualTo(RecordRefusal.None));
            Assert.That(_writer.TryWriteStep(count, Step(1, 0, 0, 0), notes), Is.True, "it fits the next frame");
        }
    }

    [Test]
    public void TryWrite_Refuses_WhenTheFrameHoldsAsManyRecordsAsItMay()
    {
        _writer.Begin(_buffer, Base);
        for (var index = 0; index < WireLimits.MaxFrameRecords; index++)
        {
            _writer.TryWriteEnd(new EndRecord(1, EndReason.Stopped));
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_writer.IsDue, Is.True);
            Assert.That(_writer.TryWriteEnd(new EndRecord(1, EndReason.Stopped)), Is.False);
            Assert.That(_writer.Count, Is.EqualTo(WireLimits.MaxFrameRecords));
        }
    }

    [Test]
    public void TryWriteStep_Throws_WhenTheNotesAreLongerThanNotesGet()
    {
        _writer.Begin(_buffer, Base);

        Assert.That(
            () => _writer.TryWriteStep(1, Step(1, 0, 0, 0), new byte[WireLimits.MaxNotesBytes + 1]),
            Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void WritingAndReadingSteps_AllocatesNothing()
    {
        FillAndRead();

        var before = GC.GetAllocatedBytesForCurrentThread();
        FillAndRead();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That(allocated, Is.Zero);
    }

    private void FillAndRead()
    {
        var count = FillWithSteps();
        var reader = new RecordReader(_writer.Finish(), (uint)count, _table);
        while (reader.TryRead(out _))
        {
            // Reading is all.
        }
    }

    private int FillWithSteps()
    {
        _writer.Begin(_buffer, Base);
        var number = 0;
        while (!_writer.IsDue)
        {
            number++;
            _writer.TryWriteStep(300, Step((ulong)number, number * 2_000L, number % 7, (number + 1) % 7), []);
        }

        return _writer.Count;
    }

    private static StepRecord Step(ulong number, long timestamp, int before, int after) => new()
    {
        Number = number,
        Kind = StepKind.Step,
        Timestamp = timestamp,
        Signal = 3,
        Outcome = StepOutcome.OfTransition(31),
        LeafBefore = before,
        LeafAfter = after,
        Queued = 2,
        Deferred = 0,
    };

    private static StepRecord Start() => new()
    {
        Number = 0,
        Kind = StepKind.Start,
        Timestamp = 5_000_100_500,
        Signal = -1,
        Outcome = StepOutcome.OfStart(3),
        LeafBefore = -1,
        LeafAfter = 3,
    };

    private static StepRecord Second() => new()
    {
        Number = 1,
        Kind = StepKind.Step,
        Timestamp = 5_000_350_000,
        Signal = 2,
        Outcome = StepOutcome.OfTransition(2),
        LeafBefore = 3,
        LeafAfter = 4,
    };

    private static StepRecord Dynamic() => new()
    {
        Number = 2,
        Kind = StepKind.Step,
        Timestamp = 5_000_351_000,
        Signal = 2,
        Outcome = StepOutcome.OfDynamic(5, 8),
        LeafBefore = 4,
        LeafAfter = 5,
        Queued = -1,
        Deferred = 2,
        NoteBytes = 3,
        DroppedNotes = 1,
    };

    private static StepRecord Fault() => new()
    {
        Number = 3,
        Kind = StepKind.Fault,
        Timestamp = 5_000_400_000,
        Signal = 2,
        Outcome = StepOutcome.Ignored,
        LeafBefore = 5,
        LeafAfter = 5,
        Queued = -1,
        Deferred = 2,
    };
}
