using Mesh.Core.Logs;
using Mesh.Core.Sealing;
using Mesh.Core.Wire;
using NUnit.Framework;

namespace Mesh.Tests.Core.Logs;

public sealed class LaneLogTests
{
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    [Test]
    public void DueAt_IsAtOnce_WhenNothingWasSealedBefore()
    {
        using var lab = new LaneLab();

        var idle = lab.Spy.DueAt;
        lab.Write(Start);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(idle, Is.EqualTo(TimeSpan.MaxValue));
            Assert.That(lab.Spy.DueAt, Is.EqualTo(Start));
        }
    }

    [TestCase(0, 2), TestCase(1, 3), TestCase(2, 2), TestCase(50, 50)]
    public void DueAt_IsTwoMillisecondsAfterTheFirstRecord_WhileTheLaneIsBusy(int firstAfterMs, int dueAfterMs)
    {
        using var lab = new LaneLab();
        lab.Write(Start);
        lab.Flush(Start);

        lab.Write(Start + (firstAfterMs * Millisecond));
        lab.Write(Start + ((firstAfterMs + 1) * Millisecond));

        Assert.That(lab.Spy.DueAt, Is.EqualTo(Start + (dueAfterMs * Millisecond)));
    }

    [Test]
    public void IsFull_ComesWith48KiB_AndAnyRecordBelowItFits()
    {
        using var lab = new LaneLab();

        var count = 0;
        while (!lab.Spy.IsFull)
        {
            Assert.That(lab.Write(Start, noteBytes: 8 * 1024), Is.True);
            count++;
        }

        lab.Flush(Start);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(count, Is.EqualTo(6));
            Assert.That(lab.Published.Single().Length, Is.InRange(48 * 1024, WireLimits.MaxFrameBytes));
        }
    }

    [Test]
    public void IsFull_ComesWithTheLastRecordOfAFrame_WhenRecordsAreSmall()
    {
        using var lab = new LaneLab();

        while (!lab.Spy.IsFull)
        {
            Assert.That(lab.Write(Start), Is.True);
        }

        lab.Flush(Start);
        _ = lab.Spy.Frames.TryGet(1, out _, out var kept);

        Assert.That(kept.Count, Is.LessThanOrEqualTo((uint)WireLimits.MaxFrameRecords));
    }

    [Test]
    public void Seal_NumbersFramesAndRecords_WithoutHoles()
    {
        using var lab = new LaneLab();
        var openedRecords = new List<ulong>();

        for (var frame = 1; frame <= 5; frame++)
        {
            for (var record = 0; record < frame; record++)
            {
                lab.Write(Start);
            }

            lab.Flush(Start);
        }

        foreach (var frame in lab.Published)
        {
            Assert.That(SealedFrame.Read(frame, out var parts), Is.EqualTo(OpenResult.Opened));
            Assert.That(parts.Header.Incarnation, Is.EqualTo(7UL));
            openedRecords.Add(parts.Header.FirstRecord);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(openedRecords, Is.EqualTo(new ulong[] { 1, 2, 4, 7, 11 }));
            Assert.That(lab.Spy.SealedRecords, Is.EqualTo(15UL));
            Assert.That(lab.Spy.Head.LastFrame, Is.EqualTo(5UL));
        }
    }

    [Test]
    public void Seal_DoesNothing_WithoutARecord()
    {
        using var lab = new LaneLab();

        var isSealed = lab.Flush(Start);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(isSealed, Is.False);
            Assert.That(lab.Published, Is.Empty);
            Assert.That(lab.Spy.Entry.LastFrame, Is.EqualTo(lab.Spy.Entry.FirstFrame - 1));
        }
    }

    [Test]
    public void Epochs_AreForgotten_WithTheirLastFrame()
    {
        using var lab = new LaneLab(new FrameRingLimits { MinBytes = 20_000, MaxBytes = 20_000 });
        for (var epoch = 0; epoch < 6; epoch++)
        {
            for (var frame = 0; frame < 10; frame++)
            {
                lab.Write(Start, noteBytes: 1_000);
                lab.Flush(Start);
            }

            lab.Log.ReplaceEpochs();
        }

        // The newest 16 frames or so are held: they were sealed in the last two of the epochs that sealed any.
        Assert.That(lab.Spy.Epochs.Select(epoch => epoch.Number), Is.EqualTo(new uint[] { 5, 6, 7 }));
    }

    [Test]
    public void SealAndOpen_AllocateNothingPerStep()
    {
        using var lab = new LaneLab(new FrameRingLimits { MinBytes = 1 << 20, MaxBytes = 1 << 20 });
        var opener = lab.MakeOpener();
        var sink = new CountingSink();
        using var reader = new LaneReader(new LaneReaderSetup
        {
            Lane = NodeLog.SpyLane,
            Incarnation = 7,
            Topic = lab.Spy.Topic,
            Opener = opener,
            Room = new FrameRoom(),
            Sink = sink,
            Counters = new ReaderCounters(),
        });
        Span<byte> key = stackalloc byte[EpochKey.SizeBytes];
        lab.Spy.Epochs[0].Key.CopyTo(key);
        reader.Attach(lab.Spy.Entry, StartMode.History, Start);
        reader.OnGrant(1, EpochKey.Import(lab.Primitives, key), Start);
        lab.IsKeeping = false;
        Pump(lab, reader, 400_000);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Pump(lab, reader, 100_000);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(sink.Steps, Is.EqualTo(500_000));

            // An object of the arena for each megabyte of frames, and nothing for the steps.
            Assert.That(allocated, Is.LessThan(1_000));
        }
    }

    private static void Pump(LaneLab lab, LaneReader reader, int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            if (lab.Spy.IsFull || step == steps - 1)
            {
                lab.Write(Start);
                lab.Flush(Start);
                _ = lab.Spy.Frames.TryGet(lab.Spy.Frames.Last, out var frame, out _);
                reader.OnFrame(frame, Start);
            }
            else
            {
                lab.Write(Start);
            }
        }
    }
}
