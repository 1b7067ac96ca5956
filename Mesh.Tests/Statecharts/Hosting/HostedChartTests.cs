using Mesh.Statecharts;
using Mesh.Statecharts.Hosting;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Hosting;

/// <summary>The small facts of miros (rings, names, clearing) and the edges of hosts.</summary>
public sealed class HostedChartTests
{
    private static readonly Signal A = new("A");
    private static readonly Signal B = new("B");
    private static readonly Signal<int> Number = new("NUMBER");

    private static readonly Chart<List<string>> Toggle = Chart.Define<List<string>>("toggle", c =>
    {
        c.State("s1").On(A).Goto("s2").On(Number).Do((log, number) => log.Add($"{number}")).Handled();
        c.State("s2").On(A).Goto("s1").On(B).Do((_, chart) =>
        {
            for (var count = 1; count <= 300; count++)
            {
                chart.Scribble($"scribble {count}");
            }
        }).Handled();
    });

    [TestCase(16)]
    [TestCase(128)]
    public void HistoryCapacity_BoundsWhatIsKept(int capacity)
    {
        var chart = Chart.Define<object>("one", c => c.State("s").On(new Signal("A")).Goto("s"));
        var host = new ChartHost<object>(
            chart, new object(), new ManualTimeProvider(), new HostOptions { HistoryCapacity = capacity });
        host.Start();
        for (var count = 0; count < 600; count++)
        {
            host.Dispatch(new Signal("A"));
        }

        Assert.That((host.Ring!.Head - host.Ring.Oldest, host.Ring.TraceHead - host.Ring.TraceOldest),
            Is.EqualTo(((ulong)capacity, (ulong)capacity)));
        Assert.That(host.Trace().Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(capacity));
    }

    [TestCase(0)]
    [TestCase(15)]
    [TestCase(100)]
    [TestCase(1_024)]
    public void HistoryCapacity_IsRefused_WhenItIsNoPowerOfTwoFrom16To512(int capacity)
    {
        Assert.That(
            () => new HostOptions { HistoryCapacity = capacity }.Validated(),
            Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Spy_LosesTheOldestLinesOfAStep_WhenItHasMoreThan250()
    {
        var host = Started("s2");
        host.ClearSpy();
        host.PostFifo(B);
        host.NextRtc();

        var spy = host.Spy();
        var rtc = host.SpyRtc();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(spy, Has.Count.EqualTo(251));
            Assert.That((spy[0], spy[^2], spy[^1]), Is.EqualTo(
                ("scribble 52", "B:s2:HOOK", "<- Queued:(0) Deferred:(0)")));
            Assert.That(rtc, Is.EqualTo(spy.Skip(1)).AsCollection, "the log of one step holds 250 lines in all");
        }
    }

    [Test]
    public void SpyAndTrace_HoldTheLast500_WhenThereWere600Transitions()
    {
        var host = Started("s1");
        for (var count = 0; count < 600; count++)
        {
            host.PostFifo(A);
            host.NextRtc();
        }

        var trace = host.Trace();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(host.Spy(), Has.Count.EqualTo(500));
            Assert.That(trace.Trim().Split('\n'), Has.Length.EqualTo(500));
            Assert.That(trace, Does.StartWith("\n[").And.EndWith("\n").And.Not.Contain("start_at"));
        }
    }

    [Test]
    public void ClearSpyAndClearTrace_LeaveNothingButTheNewline()
    {
        var host = Started("s1");

        host.ClearSpy();
        host.ClearTrace();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(host.Spy(), Is.Empty);
            Assert.That(host.Trace(), Is.EqualTo("\n"));
        }
    }

    [TestCase("arming", "75c8c")]
    [TestCase("producer_outer", "a31d9")]
    [TestCase("c1", "027eb")]
    [TestCase("middle", "1b59a")]
    [TestCase("s1", "9b9fd")]
    [TestCase("outer_state", "6052a")]
    public void Name_ComesFromTheStartState_WhenTheChartWasGivenNone(string state, string expected)
    {
        var chart = Chart.Define<object>("unnamed", c =>
        {
            c.State("elsewhere");
            c.State(state);
        });
        var host = new ChartHost<object>(chart, new object(), new ManualTimeProvider());

        host.Start(state);

        Assert.That(host.Name, Is.EqualTo(expected));
    }

    [Test]
    public void PostFifo_RefusesTheNewestAndCounts_WhenTheQueueIsFull()
    {
        var host = Started("s1", new HostOptions { QueueCapacity = 3 });

        var posted = Enumerable.Range(0, 5).Select(number => host.PostFifo(Number.With(number))).ToList();
        var lifo = host.PostLifo(A);
        host.CompleteCircuit();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(posted, Is.EqualTo([true, true, true, false, false]).AsCollection);
            Assert.That(lifo, Is.False);
            Assert.That(host.DroppedCount, Is.EqualTo(3));
            Assert.That(host.Context, Is.EqualTo(["0", "1", "2"]).AsCollection);
        }
    }

    [Test]
    public void Recall_LeavesTheEventDeferred_WhenTheQueueIsFull()
    {
        var host = Started("s1", new HostOptions { QueueCapacity = 1 });
        host.Defer(Number.With(7));
        host.PostFifo(Number.With(1));

        var whenFull = host.Recall();
        host.CompleteCircuit();
        var whenEmpty = host.Recall();
        host.CompleteCircuit();

        Assert.That((whenFull, whenEmpty, host.Recall()), Is.EqualTo((false, true, false)));
        Assert.That(host.Context, Is.EqualTo(["1", "7"]).AsCollection);
    }

    [Test]
    public void PostLifo_GoesBeforeWhatWaits()
    {
        var host = new ChartHost<List<string>>(Toggle, [], new ManualTimeProvider());
        host.PostFifo(Number.With(1));
        host.PostFifo(Number.With(2));
        host.PostLifo(Number.With(3));

        var early = host.NextRtc();
        host.Start();
        host.CompleteCircuit();

        Assert.That((early, string.Join(' ', host.Context)), Is.EqualTo((false, "3 1 2")));
    }

    [Test]
    public void PostFifo_LeavesALineInsideAHandlerAndNoneFromOutside()
    {
        ChartHost<object>? host = null;
        var chart = Chart.Define<object>("poster", c => c.State("s")
            .On(A).Do(_ => host!.PostLifo(B)).Handled()
            .On(B).Handled());
        host = new ChartHost<object>(chart, new object(), new ManualTimeProvider());
        host.Start();
        host.ClearSpy();

        host.Scribble("not in a handler");
        host.PostFifo(A);
        host.CompleteCircuit();

        Assert.That(host.Spy(), Is.EqualTo(
        [
            "A:s",
            "POST_LIFO:B",
            "A:s:HOOK",
            "<- Queued:(1) Deferred:(0)",
            "B:s",
            "B:s:HOOK",
            "<- Queued:(0) Deferred:(0)",
        ]).AsCollection);
    }

    [Test]
    public void PostFifo_Throws_WhenThePayloadIsNotOfTheSignalsType()
    {
        var host = Started("s1");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => host.PostFifo(new Event(Number, "seven")), Throws.ArgumentException);
            Assert.That(
                () => host.PostFifo(new Event(Number), PostTiming.After(TimeSpan.MaxValue)), Throws.ArgumentException);
            Assert.That(host.SignalOf("NUMBER"), Is.SameAs(Number));
            Assert.That(host.SignalOf("OTHER").Name, Is.EqualTo("OTHER"));
        }
    }

    [Test]
    public void Spy_NamesSignalsBeyondTheDefinition()
    {
        var host = Started("s1");
        host.ClearSpy();
        host.PostFifo(host.SignalOf("OTHER"));
        host.PostFifo(new Signal("OTHER"));
        host.CompleteCircuit();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(host.Spy()[0], Is.EqualTo("OTHER:s1"));
            Assert.That(host.Names.Signals.Count, Is.EqualTo(1));
        }
    }

    [Test]
    public void Stop_EndsTheChart_AfterTheStepThatAskedForIt()
    {
        var chart = Chart.Define<object>("stopper", c => c.State("s").On(A).Do((_, chart) =>
        {
            chart.PostFifo(B);
            chart.Stop();
        }).Goto("t").State("t"));
        var host = new ChartHost<object>(chart, new object(), new ManualTimeProvider());
        host.Start();
        host.PostFifo(A);
        host.PostFifo(A);

        var count = host.CompleteCircuit();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((count, host.StateName, host.Status), Is.EqualTo((1, "t", ChartStatus.Stopped)));
            Assert.That((host.PostFifo(A), host.Defer(A), host.Recall()), Is.EqualTo((false, false, false)));
            Assert.That(host.DroppedCount, Is.EqualTo(4), "two that waited, two refused");
        }
    }

    [Test]
    public void Dispatch_RunsPastTheQueue()
    {
        var bare = Started("s1", new HostOptions { HasQueues = false });
        var queued = Started("s1");
        queued.PostFifo(A);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((queued.Dispatch(A), queued.QueuedCount), Is.EqualTo((true, 1)));
            Assert.That(() => bare.PostFifo(A), Throws.InvalidOperationException);
            Assert.That(bare.Dispatch(A), Is.True);
            Assert.That(
                () => new HostOptions { QueueCapacity = 0 }.Validated(), Throws.TypeOf<ArgumentOutOfRangeException>());
        }
    }

    private static ChartHost<List<string>> Started(string state, HostOptions? options = null)
    {
        var host = new ChartHost<List<string>>(Toggle, [], new ManualTimeProvider(), options);
        host.Start(state);
        return host;
    }
}
