using Mesh.Core.Logs;
using Mesh.Core.Wire.Messages;
using Mesh.Core.Wire.Records;
using Mesh.Statecharts;
using Mesh.Statecharts.Hosting;
using Mesh.Tests.Core.Foreign;
using Mesh.Tests.Statecharts.Oracle;
using NUnit.Framework;

namespace Mesh.Tests.Core.Logs;

/// <summary>From the rings of real charts to the records of a reader.</summary>
public sealed class ChartPublisherTests
{
    // ┌─ on ◀──A── off ◀ start
    // └──A──▶
    private static readonly Chart<object> Toggle = Chart.Define<object>("toggle", chart =>
    {
        chart.State("off").On(SpecSignals.Of("A")).Goto("on");
        chart.State("on").On(SpecSignals.Of("A")).Goto("off");
    });

    [Test]
    public void Turn_WritesAChartWithItsFirstStep_AndNothingBefore()
    {
        using var world = new LogWorld(1);
        world.Connect();
        var host = Make(world);
        _ = world.Publisher.Add("lamp", host);
        world.Run(100);
        var before = world.Sink.Records.Count;
        host.Start("off");
        world.Run(100);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.Zero);
            Assert.That(world.Sink.Charts, Is.EqualTo(new[] { "lamp" }));
            Assert.That(world.Sink.Steps, Is.EqualTo(new[] { (1UL, 1U, 0UL) }));
        }
    }

    [Test]
    public void Turn_WritesWhatWasOverwritten_AsLost()
    {
        using var world = new LogWorld(1);
        world.Connect();
        var host = Make(world);
        _ = world.Publisher.Add("lamp", host);
        host.Start("off");
        world.Run(50);

        // More steps than the ring holds before the publisher has its turn.
        Toggles(host, 1_000);
        world.Run(100);

        var lost = world.Sink.Lost.Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(lost, Is.EqualTo(new LostRecord(1, 1, 488)));
            var expected = new[] { 0UL }.Concat(Numbers(489, 1_000));
            Assert.That(world.Sink.Steps.Select(step => step.Step), Is.EqualTo(expected));
        }
    }

    [Test]
    public void Turn_SealsFourFrames_AndSaysThatMoreWaits()
    {
        using var world = new LogWorld(1);
        var hosts = Enumerable.Range(0, 60).Select(index =>
        {
            var host = Make(world);
            _ = world.Publisher.Add($"lamp{index}", host);
            host.Start("off");
            Toggles(host, 511);
            return host;
        }).ToList();

        var hasMore = world.Publisher.Turn(world.Anchor, world.Network.Now, world);
        var frames = world.Published.Count;
        while (world.Publisher.Turn(world.Anchor, world.Network.Now, world))
        {
            // Until nothing waits.
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(hasMore, Is.True);
            Assert.That(frames, Is.EqualTo(ChartPublisher.MaxFramesPerTurn));
            Assert.That(world.Log.Spy.LastRecord, Is.EqualTo((ulong)(hosts.Count * 513)));
        }
    }

    [Test]
    public void End_IsWritten_AfterEverythingThatTheChartDid()
    {
        using var world = new LogWorld(1);
        world.Connect();
        var host = Make(world);
        var number = world.Publisher.Add("lamp", host);
        host.Start("off");
        Toggles(host, 3);

        var isKnown = world.Publisher.End(number, EndReason.Stopped);
        world.Run(100);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(isKnown, Is.True);
            Assert.That(world.Sink.Ended, Is.EqualTo(new[] { number }));
            Assert.That(world.Sink.Steps, Has.Count.EqualTo(4));
            Assert.That(world.Sink.RecordsOf(1).Last(), Is.EqualTo(world.Log.Spy.SealedRecords));
            Assert.That(world.Publisher.Charts, Is.Empty);
            Assert.That(world.Publisher.End(number, EndReason.Stopped), Is.False);
        }
    }

    [Test]
    public void Add_RefusesAChart_ThatIsNotInstrumentedOrThereAlready()
    {
        using var world = new LogWorld(1);
        var bare = new ChartHost<object>(Toggle, new object(), world.Time, new HostOptions { IsInstrumented = false });
        var host = Make(world);
        _ = world.Publisher.Add("lamp", host);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => world.Publisher.Add("bare", bare), Throws.ArgumentException);
            Assert.That(() => world.Publisher.Add("lamp", host), Throws.ArgumentException);
        }
    }

    [Test]
    public void Names_AreWrittenBeforeTheStepThatNeedsThem()
    {
        using var world = new LogWorld(1);
        world.Connect();
        var host = Make(world);
        _ = world.Publisher.Add("lamp", host);
        host.Start("off");
        _ = host.PostFifo(SpecSignals.Of("Zz"));
        _ = host.CompleteCircuit();
        world.Run(100);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(world.Sink.Names, Is.EqualTo(new[] { "Zz" }));
            Assert.That(world.Sink.Records, Has.Count.EqualTo(4), "the chart, its start, the name, the step");
        }
    }

    [Test]
    public void TraceLane_IsOpenedByItsFirstReader_WithWhatTheChartsRemember()
    {
        using var world = new LogWorld(1);
        var host = Make(world);
        _ = world.Publisher.Add("lamp", host);
        host.Start("off");
        for (var round = 0; round < 3; round++)
        {
            Toggles(host, 100);
            world.Run(20);
        }

        var before = world.Log.Trace;
        world.Connect(LaneKinds.Trace);
        world.Run(200);
        Toggles(host, 5);
        world.Run(200);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.Null);
            Assert.That(world.Sink.Traces, Is.EqualTo(Numbers(0, 305).Select(step => (1U, step))));
            Assert.That(world.Sink.Steps, Is.Empty, "guards, hooks and notes are not for the trace");
            Assert.That(world.Sink.RecordsOf(1, NodeLog.SpyLane), Is.Empty);
        }
    }

    [Test]
    public void TraceLane_WritesWhatItMissed_AsLost()
    {
        using var world = new LogWorld(1);
        world.Connect(LaneKinds.Trace);
        var host = Make(world);
        _ = world.Publisher.Add("lamp", host);
        host.Start("off");
        world.Run(50);

        Toggles(host, 1_000);
        world.Run(200);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(world.Sink.Lost, Is.EqualTo(new[] { new LostRecord(1, 1, 488) }));
            var expected = new[] { 0UL }.Concat(Numbers(489, 1_000));
            Assert.That(world.Sink.Traces.Select(trace => trace.Step), Is.EqualTo(expected));
        }
    }

    [Test]
    public void Turn_WritesEverything_WhileTheChartsRunOnOtherThreads()
    {
        using var world = new ViewWorld(1);
        world.IsActing = false;
        var hosts = Enumerable.Range(0, 4).Select(index =>
        {
            var host = Make(world.World);
            _ = world.World.Publisher.Add($"lamp{index}", host);
            host.Start("off");
            return host;
        }).ToList();
        world.World.Connect();

        var threads = hosts.Select(host => new Thread(() => Toggles(host, 20_000))).ToList();
        threads.ForEach(thread => thread.Start());
        while (threads.Exists(thread => thread.IsAlive))
        {
            world.World.Run(4);
        }

        world.Settle();

        using (Assert.EnterMultipleScope())
        {
            foreach (var hsm in world.View.Charts())
            {
                // What was overwritten before it was read is told as missing; nothing else is.
                var host = hosts[(int)hsm.Chart - 1];
                Assert.That(hsm.LastStep, Is.EqualTo(20_000UL));
                Assert.That(hsm.Spy(), Is.EqualTo(host.Spy()));
                Assert.That(hsm.Gaps.Select(gap => gap.Reason).Distinct(), Is.SubsetOf(new[] { GapReason.NotRead }));
            }

            Assert.That(world.View.Charts(), Has.Count.EqualTo(4));
        }
    }

    private static ChartHost<object> Make(LogWorld world) => new(Toggle, new object(), world.Time);

    private static void Toggles(ChartHost<object> host, int count)
    {
        for (var left = count; left > 0; left--)
        {
            _ = host.PostFifo(SpecSignals.Of("A"));
            _ = host.NextRtc();
        }
    }

    private static IEnumerable<ulong> Numbers(ulong first, ulong last)
    {
        for (var number = first; number <= last; number++)
        {
            yield return number;
        }
    }
}
