using Mesh.Core.Sealing;
using Mesh.Core.Wire;
using Mesh.Core.Wire.Records;
using Mesh.Statecharts;
using Mesh.Statecharts.Engine;
using Mesh.Statecharts.Instrumentation;
using NUnit.Framework;

namespace Mesh.Tests.HotPath;

/// <summary>A step allocates nothing on its way from the chart to a view: each part of the way by itself.</summary>
/// <remarks>
/// <code>
/// dispatch ─▶ ring ─▶ encode ─▶ seal ┄▶ open ─▶ decode
/// </code>
/// </remarks>
public sealed class ZeroAllocationTests : IDisposable
{
    private const int Rounds = 10_000;
    private const int Runs = 3;

    private const int StepsInAFrame = 100;
    private const int WarmUpRounds = 1_000;

    // Until the rings of a chart have grown to their largest size, that of the notes last of all.
    private const int RingWarmUpRounds = 30_000;

    private static readonly Signal Up = new("UP");
    private static readonly Signal Down = new("DOWN");
    private static readonly Signal Hook = new("HOOK");
    private static readonly byte[] NodeId = new byte[20];

    private readonly IPrimitives _primitives = PrimitivesProvider.Load();
    private readonly SigningKey _signing;
    private readonly EpochKey _key;
    private readonly FrameSealer _sealer;
    private readonly FrameOpener _opener;
    private readonly byte[] _records = new byte[WireLimits.MaxFrameBytes];
    private readonly byte[] _plaintext = new byte[WireLimits.MaxFrameBytes];
    private readonly byte[] _frame = new byte[WireLimits.MaxFrameBytes];
    private readonly byte[] _notes = new byte[NoteWriter.MaxBytes];
    private readonly RecordWriter _writer = new(new TimestampScale(1_000_000));
    private readonly ChartStepTable _table = new();
    private readonly StepRing _ring = new();

    public ZeroAllocationTests()
    {
        _signing = _primitives.CreateSigningKey([.. Enumerable.Repeat((byte)4, 32)]);
        _key = EpochKey.Import(_primitives, [.. Enumerable.Repeat((byte)5, 32)]);
        _sealer = new FrameSealer(_primitives, _signing, NodeId);
        _opener = new FrameOpener(_primitives, _signing.PublicKey, NodeId);
    }

    [Test]
    public void Dispatch_AllocatesNothing([Values] bool isInstrumented)
    {
        var machine = new ChartMachine<int[]>(Define(), new int[1], isInstrumented ? _ring : null);
        machine.Start(null, 0);

        Assert.That(AllocatedBy(() => Dispatch(machine), RingWarmUpRounds), Is.Zero);
    }

    [Test]
    public void Ring_AllocatesNothing_WhenItIsWrittenAndRead()
    {
        var next = 0UL;
        var number = 0UL;
        var written = 0;
        var read = 0;

        var allocated = AllocatedBy(() =>
        {
            written += 4;
            for (var count = 0; count < 4; count++)
            {
                _ring.Append(new StepRecord { Number = number++, NoteBytes = 12 }, _notes.AsSpan(0, 12));
            }

            while (_ring.TryRead(ref next, out _, _notes, out _, out _) == StepReadResult.Read)
            {
                read++;
            }
        }, RingWarmUpRounds);

        Assert.That((allocated, read), Is.EqualTo((0, written)));
    }

    [Test]
    public void Encode_AllocatesNothing()
    {
        var allocated = AllocatedBy(Encode);

        Assert.That((allocated, _writer.Count), Is.EqualTo((0, StepsInAFrame)));
    }

    [Test]
    public void Seal_AllocatesNothing()
    {
        Encode();

        Assert.That(AllocatedBy(() => Seal(StepsInAFrame)), Is.Zero);
    }

    [Test]
    public void Open_AllocatesNothing()
    {
        Encode();
        var length = Seal(StepsInAFrame);
        var result = OpenResult.Malformed;

        var allocated = AllocatedBy(() => result = _opener.Open(_frame.AsSpan(0, length), _key, _plaintext, out _));

        Assert.That((allocated, result), Is.EqualTo((0, OpenResult.Opened)));
    }

    [Test]
    public void Decode_AllocatesNothing()
    {
        Encode();
        var length = _writer.Finish().Length;
        _writer.Finish().CopyTo(_plaintext);
        var read = 0;

        var allocated = AllocatedBy(() => read = Decode(length, StepsInAFrame));

        Assert.That((allocated, read), Is.EqualTo((0, StepsInAFrame)));
    }

    [Test]
    public void TheWholeWay_AllocatesNothing()
    {
        var machine = new ChartMachine<int[]>(Define(), new int[1], _ring);
        machine.Start(null, 0);
        for (var round = 0; round < RingWarmUpRounds; round++)
        {
            Dispatch(machine);
        }

        var next = _ring.Head;
        var dispatched = 0;
        var read = 0;

        var allocated = AllocatedBy(() =>
        {
            dispatched += 3;
            Dispatch(machine);
            var count = EncodeRing(ref next);
            var sealedLength = Seal(count);
            _ = _opener.Open(_frame.AsSpan(0, sealedLength), _key, _plaintext, out var opened);
            read += Decode(opened, count);
        });

        Assert.That((allocated, read), Is.EqualTo((0, dispatched)));
    }

    [Test]
    public void AllocatedBy_CountsEveryByte()
    {
        byte[]? made = null;

        Assert.That(AllocatedBy(() => made = new byte[8]), Is.EqualTo(32 * Rounds));
        Assert.That(made, Is.Not.Null);
    }

    public void Dispose()
    {
        _key.Dispose();
        _signing.Dispose();
    }

    // The runtime itself may allocate once on this thread, when it takes up better code of a method that runs: what a
    // round allocates is there in each run.
    private static long AllocatedBy(Action round, int warmUpRounds = WarmUpRounds)
    {
        for (var count = 0; count < warmUpRounds; count++)
        {
            round();
        }

        var least = AllocatedByRounds(round);
        for (var run = 1; run < Runs && least > 0; run++)
        {
            least = Math.Min(least, AllocatedByRounds(round));
        }

        return least;
    }

    private static long AllocatedByRounds(Action round)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var count = 0; count < Rounds; count++)
        {
            round();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void Dispatch(ChartMachine<int[]> machine)
    {
        machine.Dispatch(Up, 1);
        machine.Dispatch(Hook, 1);
        machine.Dispatch(Down, 1);
    }

    private void Encode()
    {
        _writer.Begin(_records, new FrameBase(1_700_000_000_000_000, 0, 0));
        for (var number = 0UL; number < StepsInAFrame; number++)
        {
            var isNoted = number % 10 == 0;
            var step = new StepRecord
            {
                Number = number,
                Kind = StepKind.Step,
                Timestamp = (long)number * 10,
                Outcome = StepOutcome.OfTransition((int)number % 7),
                NoteBytes = isNoted ? 12 : 0,
            };
            _ = _writer.TryWriteStep(1, step, _notes.AsSpan(0, isNoted ? 12 : 0));
        }
    }

    private int EncodeRing(ref ulong next)
    {
        _writer.Begin(_records, new FrameBase(1_700_000_000_000_000, 0, 0));
        while (_ring.TryRead(ref next, out var step, _notes, out var notes, out _) == StepReadResult.Read)
        {
            _ = _writer.TryWriteStep(1, step, _notes.AsSpan(0, notes));
        }

        return _writer.Count;
    }

    private int Seal(int count)
    {
        var header = new FrameHeader
        {
            Lane = 1,
            Incarnation = 7,
            Epoch = 1,
            FrameNumber = 1,
            FirstRecord = 1,
            RecordCount = (uint)count,
        };
        return _sealer.Seal(_key, header, _writer.Finish(), _frame);
    }

    private int Decode(int length, int count)
    {
        var reader = new RecordReader(_plaintext.AsSpan(0, length), (uint)count, _table);
        var read = 0;
        while (reader.TryRead(out var kind))
        {
            read += kind == RecordKind.Step ? 1 : 0;
        }

        return read;
    }

    private static Chart<int[]> Define() => Chart.Define<int[]>("hot", c =>
    {
        var outer = c.State("outer").Entry(count => count[0]++).Exit(count => count[0]++).Init("left");
        outer.On(Hook).Do((_, chart) => chart.Scribble("seen")).Handled();
        outer.State("left").Entry(count => count[0]++).On(Up).Goto("deep");
        var right = outer.State("right").Exit(count => count[0]++).On(Down).Goto("left");
        right.State("deep").Entry(count => count[0]++).Exit(count => count[0]++);
    });
}
