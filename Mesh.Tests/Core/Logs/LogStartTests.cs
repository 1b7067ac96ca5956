using Mesh.Core.Logs;
using Mesh.Core.Wire.Messages;
using NUnit.Framework;

namespace Mesh.Tests.Core.Logs;

/// <summary>Readers that come late, and publishers that come back.</summary>
public sealed class LogStartTests
{
    private static readonly FrameRingLimits SmallRing = new()
    {
        MinBytes = 64 * 1024,
        MaxBytes = 64 * 1024,
        SegmentBytes = 128 * 1024,
    };

    [Test]
    public void History_GivesEverythingThatIsHeld_ToALateReader()
    {
        using var world = Prepared(StartMode.History, new FrameRingLimits());

        world.Connect();
        world.Run(500);
        world.OnTurn = null;
        world.Run(1_000);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(world.Sink.RecordsOf(1), Is.EqualTo(Numbers(1, world.Log.Spy.SealedRecords)));
            Assert.That(world.Sink.Snapshots, Is.Empty);
        }
    }

    [Test]
    public void History_LearnsTheChartsBySnapshot_WhenTheirBeginningIsNoLongerHeld()
    {
        using var world = Prepared(StartMode.History, SmallRing);
        _ = world.Log.Spy.Frames.TryGet(world.Log.Spy.Frames.First, out _, out var oldest);

        world.Connect();
        world.Run(20);
        world.OnTurn = null;
        world.Run(1_000);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(oldest.FirstRecord, Is.GreaterThan(1UL));
            Assert.That(world.Sink.Records[0].Record, Is.GreaterThanOrEqualTo(oldest.FirstRecord));
            var first = world.Sink.Records[0].Record;
            Assert.That(world.Sink.RecordsOf(1), Is.EqualTo(Numbers(first, world.Log.Spy.SealedRecords)));
            Assert.That(world.Sink.Snapshots.Single().WithConfiguration, Is.False);
            Assert.That(world.Sink.Gaps, Is.Empty, "of what was before the reader came nothing is missing");
        }
    }

    [Test]
    public void Snapshot_GivesTheRecordsAfterIt_AndNoneBefore([Range(1, 6)] int seed)
    {
        using var world = Prepared(StartMode.Snapshot, new FrameRingLimits(), seed);
        world.Network.DropPercent = 10;
        world.Network.LatePercent = 20;

        world.Connect();
        world.Run(500);
        world.OnTurn = null;
        world.Run(3_000);

        var (header, withConfiguration) = world.Sink.Snapshots.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(withConfiguration, Is.True);
            Assert.That(header.ChartCount, Is.EqualTo(1));
            Assert.That(header.AfterRecord, Is.GreaterThan(100UL));
            var expected = Numbers(header.AfterRecord + 1, world.Log.Spy.SealedRecords);
            Assert.That(world.Sink.RecordsOf(1), Is.EqualTo(expected));
        }
    }

    [Test]
    public void Live_GivesWhatComesNext_AndTheNamesOnly()
    {
        using var world = Prepared(StartMode.Live, new FrameRingLimits());
        var before = world.Log.Spy.SealedRecords;

        world.Connect();
        world.Run(200);
        world.OnTurn = null;
        world.Run(1_000);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(world.Sink.Snapshots.Single().WithConfiguration, Is.False);
            Assert.That(world.Sink.Records[0].Record, Is.GreaterThan(before));
            var first = world.Sink.Records[0].Record;
            Assert.That(world.Sink.RecordsOf(1), Is.EqualTo(Numbers(first, world.Log.Spy.SealedRecords)));
        }
    }

    [Test]
    public void Restart_EndsTheOldIncarnationAndReadsTheNewFromItsStart_WhenNothingWasMissing()
    {
        using var world = Prepared(StartMode.Live, new FrameRingLimits());
        world.Connect();
        world.Run(200);
        world.OnTurn = null;
        world.Run(1_000);

        world.Restart();
        world.BeginChart(1);
        world.Step(1, 50);
        world.Run(100);
        world.Connect();
        world.Run(1_000);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(world.Sink.Gaps, Is.Empty);
            Assert.That(world.Sink.LaneEnds, Is.EqualTo(new[] { (1UL, NodeLog.SpyLane, LaneEnd.Unknown) }));
            Assert.That(world.Sink.RecordsOf(2), Is.EqualTo(Numbers(1, 51)));
            var last = world.Sink.Records.FindLastIndex(record => record.Incarnation == 1);
            Assert.That(world.Sink.Records.FindIndex(record => record.Incarnation == 2), Is.GreaterThan(last));
        }
    }

    [Test]
    public void Restart_DeclaresAGapOfUnknownEnd_WhenFramesWereMissing()
    {
        using var world = Prepared(StartMode.History, new FrameRingLimits());
        world.Connect();
        world.Run(200);
        world.Network.DropPercent = 100;
        world.Network.MaxSessionDelayMs = 5_000;
        world.Run(1_200);

        world.Restart();
        world.Network.MaxSessionDelayMs = 0;
        world.BeginChart(1);
        world.Connect();
        world.Run(1_000);

        var gap = world.Sink.Gaps.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(gap.Incarnation, Is.EqualTo(1UL));
            Assert.That(gap.After, Is.EqualTo(world.Sink.RecordsOf(1).Last()));
            Assert.That(gap.Before, Is.Null);
            Assert.That(gap.Reason, Is.EqualTo(GapReason.Ended));
        }
    }

    [Test]
    public void End_TellsTheReaderThatNoMoreWillCome_AfterTheLastRecord()
    {
        using var world = Prepared(StartMode.History, new FrameRingLimits());
        world.Network.DropPercent = 20;
        world.Connect();
        world.Run(200);
        world.OnTurn = null;

        world.Log.End(world.Network.Now, world);
        world.Run(3_000);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(world.Sink.RecordsOf(1), Is.EqualTo(Numbers(1, world.Log.Spy.SealedRecords)));
            Assert.That(world.Sink.LaneEnds, Is.EqualTo(new[] { (1UL, NodeLog.SpyLane, LaneEnd.EndedClean) }));
            Assert.That(world.Client.Topics, Is.Empty);
        }
    }

    [Test]
    public void Reader_DemotesItselfAndGoesOnAtTheNewest_WhenItFallsOffTheRing()
    {
        using var world = new LogWorld(1, StartMode.History, SmallRing);
        world.Network.MaxSessionDelayMs = 0;
        world.BeginChart(1);
        world.OnTurn = _ => world.Step(1, 400);
        world.Connect();
        world.Run(100);

        // Every published frame is lost, and the session is too slow for the small ring.
        world.Network.DropPercent = 100;
        world.Network.MaxSessionDelayMs = 400;
        world.Run(2_500);
        world.Network.DropPercent = 0;
        world.Network.MaxSessionDelayMs = 1;
        world.Run(2_000);
        world.OnTurn = null;
        world.Run(3_000);

        var records = world.Sink.RecordsOf(1).ToList();
        var missing = world.Sink.Gaps.SelectMany(gap => Numbers(gap.After + 1, gap.Before!.Value - 1));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(world.Sink.Gaps, Is.Not.Empty);
            Assert.That(records, Is.Ordered.Ascending);
            Assert.That(records.Concat(missing).Order(), Is.EqualTo(Numbers(1, world.Log.Spy.SealedRecords)));
            Assert.That(world.Client.IsUpToDate, Is.True);
        }
    }

    private static LogWorld Prepared(StartMode start, FrameRingLimits limits, int seed = 1)
    {
        var world = new LogWorld(seed, start, limits);
        world.BeginChart(1);
        world.OnTurn = _ => world.Step(1, 20);
        world.Run(1_500);
        return world;
    }

    private static IEnumerable<ulong> Numbers(ulong first, ulong last)
    {
        for (var number = first; number <= last; number++)
        {
            yield return number;
        }
    }
}
