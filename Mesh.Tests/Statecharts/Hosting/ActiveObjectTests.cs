using Mesh.Statecharts;
using Mesh.Statecharts.Hosting;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Hosting;

public sealed class ActiveObjectTests
{
    private static readonly Signal Count = new("COUNT");
    private static readonly Signal Wait = new("WAIT");

    private static readonly Chart<Counter> Counting = Chart.Define<Counter>("counting", c => c.State("s")
        .On(Count).Do(counter => counter.Value++).Handled()
        .On(Wait).Do(counter => counter.Gate.Wait()).Handled());

    [Test, CancelAfter(60_000)]
    public async Task PostFifo_RunsEveryEventOnce_WhenManyThreadsPost(CancellationToken cancellationToken)
    {
        const int Threads = 4;
        const int EventsEach = 20_000;
        var counter = new Counter();
        var options = new HostOptions { QueueCapacity = HostOptions.MaxQueueCapacity };
        await using var active = new ActiveObject<Counter>(Counting, counter, new ManualTimeProvider(), options);
        active.Start();

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Run(
            () =>
            {
                for (var posted = 0; posted < EventsEach;)
                {
                    if (active.PostFifo(Count))
                    {
                        posted++;
                    }
                    else
                    {
                        Thread.Yield();
                    }
                }
            },
            cancellationToken)));
        await active.WhenIdleAsync(cancellationToken);

        Assert.That(counter.Value, Is.EqualTo(Threads * EventsEach));
    }

    // What others allocate meanwhile would count.
    [Test, NonParallelizable, CancelAfter(60_000)]
    public async Task Start_RunsTenThousandChartsInOneProcess(CancellationToken cancellationToken)
    {
        const int Charts = 10_000;
        var time = new ManualTimeProvider();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var charts = Enumerable.Range(0, Charts)
            .Select(_ => new ActiveObject<Counter>(Counting, new Counter(), time)).ToList();

        foreach (var chart in charts)
        {
            chart.Start();
            chart.PostFifo(Count);
            chart.PostFifo(Count);
        }

        foreach (var chart in charts)
        {
            await chart.WhenIdleAsync(cancellationToken);
        }

        var bytesEach = (GC.GetTotalMemory(forceFullCollection: true) - before) / Charts;
        await TestContext.Out.WriteLineAsync($"{bytesEach} bytes for each chart");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(charts.Sum(chart => chart.Context.Value), Is.EqualTo(2 * Charts));
            Assert.That(bytesEach, Is.LessThan(8_000));
        }
    }

    [Test, CancelAfter(10_000)]
    public async Task DisposeAsync_WaitsForTheRunningStep(CancellationToken cancellationToken)
    {
        var counter = new Counter();
        var active = new ActiveObject<Counter>(Counting, counter, new ManualTimeProvider());
        active.Start();
        active.PostFifo(Wait);
        active.PostFifo(Count);

        var disposal = active.DisposeAsync().AsTask();
        var wasWaiting = !disposal.IsCompleted;
        counter.Gate.Set();
        await disposal.WaitAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(wasWaiting, Is.True);
            Assert.That(counter.Value, Is.Zero, "what waited was dropped");
            Assert.That((active.Status, active.PostFifo(Count)), Is.EqualTo((ChartStatus.Stopped, false)));
        }
    }

    [Test]
    public async Task DisposeAsync_DoesNotWait_WhenTheChartNeverStarted()
    {
        var active = new ActiveObject<Counter>(Counting, new Counter(), new ManualTimeProvider());

        await active.DisposeAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(active.Status, Is.EqualTo(ChartStatus.Stopped));
            Assert.That(() => active.Start(), Throws.InvalidOperationException);
        }
    }

    [Test, CancelAfter(10_000)]
    public async Task Start_RunsWhatWasPostedBefore(CancellationToken cancellationToken)
    {
        await using var active = new ActiveObject<Counter>(Counting, new Counter(), new ManualTimeProvider());
        active.PostFifo(Count);
        var idle = active.WhenIdleAsync(cancellationToken);
        Assert.That(idle.IsCompleted, Is.False);

        active.Start();
        await idle;

        Assert.That(active.Context.Value, Is.EqualTo(1));
    }

    [Test]
    public void Constructor_Throws_WhenTheOptionsAskForNoQueues()
    {
        Assert.That(
            () => new ActiveObject<Counter>(
                Counting, new Counter(), new ManualTimeProvider(), new HostOptions { HasQueues = false }),
            Throws.ArgumentException);
    }

    private sealed class Counter
    {
        public int Value { get; set; }

        public ManualResetEventSlim Gate { get; } = new(initialState: false);
    }
}
