using Mesh.Core.Logs;
using Mesh.Core.Sealing;
using NUnit.Framework;

namespace Mesh.Tests.Core.Logs;

public sealed class LaneReaderTests
{
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(10);

    [Test]
    public void OnSnapshot_GoesOnWithoutNames_WhenItIsRefusedAgainAndAgain()
    {
        using var lab = Filled(200);
        var sink = new RecordingSink();
        using var reader = Make(lab, sink, StartMode.History);
        Feed(lab, reader);
        var before = sink.Records.Count;
        var now = Start;

        for (var refusal = 0; refusal < LaneReaderSetup.MaxSnapshotRefusals; refusal++)
        {
            Assert.That(reader.TryAskSnapshot(now), Is.True);
            Assert.That(reader.TryAskSnapshot(now), Is.False, "once each time");
            reader.OnSnapshot([], now);
            now += HoleList.MaxDelay;
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.Zero, "records wait for the names");
            Assert.That(sink.Records, Has.Count.EqualTo((int)(lab.Spy.Frames.Last - lab.Spy.Frames.First) + 1));
            Assert.That(reader.TryAskSnapshot(now), Is.False);
        }
    }

    [Test]
    public void OnSnapshot_SplitsTheFrame_ThatWasOpenWhenItWasMade()
    {
        using var lab = Filled(2);
        var sink = new RecordingSink();
        using var reader = Make(lab, sink, StartMode.Snapshot);
        lab.Write(Start);
        lab.Write(Start);
        var snapshot = lab.Spy.MakeSnapshot();
        lab.Write(Start);
        lab.Write(Start);
        lab.Flush(Start);

        reader.OnSnapshot(snapshot.Span, Start);
        Feed(lab, reader);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(sink.Snapshots.Single().Header.AfterRecord, Is.EqualTo(4UL));
            Assert.That(sink.RecordsOf(7), Is.EqualTo(new ulong[] { 5, 6 }));
            Assert.That(sink.Steps.Select(step => step.Step), Is.EqualTo(new ulong[] { 4, 5 }), "relative ones too");
        }
    }

    [Test]
    public void OnSnapshot_IgnoresASnapshotOfAnotherLane()
    {
        using var lab = Filled(5);
        var sink = new RecordingSink();
        using var reader = Make(lab, sink, StartMode.Snapshot);
        _ = reader.TryAskSnapshot(Start);

        reader.OnSnapshot(lab.Log.OpenTrace().MakeSnapshot().Span, Start);
        var other = sink.Snapshots.Count;
        reader.OnSnapshot(lab.Spy.MakeSnapshot().Span, Start);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(other, Is.Zero);
            Assert.That(sink.Snapshots, Has.Count.EqualTo(1));
        }
    }

    [Test]
    public void OnSnapshot_TakesNothing_FromASnapshotThatIsCut()
    {
        using var lab = Filled(5);
        var sink = new RecordingSink();
        using var reader = Make(lab, sink, StartMode.Snapshot);
        var snapshot = lab.Spy.MakeSnapshot().Span;

        for (var length = 1; length < snapshot.Length; length++)
        {
            using var fresh = Make(lab, sink, StartMode.Snapshot);
            fresh.OnSnapshot(snapshot[..length], Start);
        }

        Assert.That(sink.Snapshots, Is.Empty);
    }

    [Test]
    public void OnFrame_WaitsForTheKey_AndThenAppliesInOrder()
    {
        using var lab = Filled(5);
        var sink = new RecordingSink();
        using var reader = new LaneReader(SetupOf(lab, sink));
        reader.Attach(lab.Spy.Entry, StartMode.History, Start);
        Feed(lab, reader);
        var early = reader.TryAskKey(Start, out _);
        var due = reader.TryAskKey(Start + HoleList.FirstDelay, out var epoch);
        Grant(lab, reader);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(early, Is.False, "the grant is mostly on its way");
            Assert.That(due, Is.True);
            Assert.That(epoch, Is.EqualTo(1U));
            Assert.That(sink.RecordsOf(7), Is.EqualTo(new ulong[] { 1, 2, 3, 4, 5 }));
            Assert.That(reader.TryAskKey(Start + TimeSpan.FromMinutes(1), out _), Is.False);
        }
    }

    [Test]
    public void Tick_DropsFrames_WhoseKeyDidNotComeWithinASecond()
    {
        using var lab = Filled(5);
        var setup = SetupOf(lab, new RecordingSink());
        using var reader = new LaneReader(setup);
        reader.Attach(lab.Spy.Entry, StartMode.History, Start);
        Feed(lab, reader);
        var expires = reader.NextAt(canAsk: false);

        reader.Tick(expires);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(expires, Is.EqualTo(Start + SealedHold.MaxWait));
            Assert.That(setup.Counters[FrameDrop.NoKey], Is.EqualTo(5));
        }
    }

    [Test]
    public void OnFrame_HoldsWhatComes_WhileTheSinkIsNotReady()
    {
        using var lab = Filled(5);
        var sink = new RecordingSink { IsReady = false };
        using var reader = Make(lab, sink, StartMode.History);
        Feed(lab, reader);
        var before = sink.Records.Count;
        sink.IsReady = true;

        reader.Tick(Start);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.Zero);
            Assert.That(sink.RecordsOf(7), Is.EqualTo(new ulong[] { 1, 2, 3, 4, 5 }));
        }
    }

    private static LaneLab Filled(int frames)
    {
        var lab = new LaneLab(new FrameRingLimits { MinBytes = 20_000, MaxBytes = 20_000 });
        for (var frame = 0; frame < frames; frame++)
        {
            lab.Write(Start, noteBytes: 500);
            lab.Flush(Start);
        }

        return lab;
    }

    private static LaneReaderSetup SetupOf(LaneLab lab, IRecordSink sink) => new()
    {
        Lane = NodeLog.SpyLane,
        Incarnation = 7,
        Topic = lab.Spy.Topic,
        Opener = lab.MakeOpener(),
        Room = new FrameRoom(),
        Sink = sink,
        Counters = new ReaderCounters(),
    };

    private static LaneReader Make(LaneLab lab, IRecordSink sink, StartMode start)
    {
        var reader = new LaneReader(SetupOf(lab, sink));
        reader.Attach(lab.Spy.Entry, start, Start);
        Grant(lab, reader);
        return reader;
    }

    private static void Grant(LaneLab lab, LaneReader reader)
    {
        Span<byte> key = stackalloc byte[EpochKey.SizeBytes];
        lab.Spy.Epochs[0].Key.CopyTo(key);
        reader.OnGrant(1, EpochKey.Import(lab.Primitives, key), Start);
    }

    private static void Feed(LaneLab lab, LaneReader reader)
    {
        for (var number = lab.Spy.Frames.First; number <= lab.Spy.Frames.Last; number++)
        {
            _ = lab.Spy.Frames.TryGet(number, out var frame, out _);
            reader.OnFrame(frame, Start);
        }
    }
}
