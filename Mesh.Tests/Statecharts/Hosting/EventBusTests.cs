using Mesh.Statecharts;
using Mesh.Statecharts.Hosting;
using Mesh.Statecharts.Instrumentation;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Hosting;

/// <summary>Publishing and subscribing: the cases D1 to D3 of miros, order, bounds and ends.</summary>
public sealed class EventBusTests
{
    private static readonly Signal BB = new("BB");
    private static readonly Signal CC = new("CC");
    private static readonly Signal Go = new("GO");
    private static readonly Signal Low = new("LOW");
    private static readonly Signal High = new("HIGH");
    private static readonly Signal Posted = new("POSTED");
    private static readonly Signal<int> Number = new("NUMBER");
    private static readonly Signal<string> Text = new("NUMBER");

    // c1 > c2 > c3; c2 is the leaf
    private static readonly Chart<object> Subscriber = Chart.Define<object>("subscriber", c =>
    {
        c.State("c1").Entry().Exit().Init("c2").On(BB).Goto("c1");
        c.State("c2", "c1").Entry().Exit();
        c.State("c3", "c2").Entry().Exit();
    });

    private static readonly Chart<object> Publisher = Chart.Define<object>("publisher", c =>
    {
        c.State("b1").Entry().Exit();
        c.State("b2", "b1").Entry().Exit().Init((_, chart) => chart.Publish(BB));
        c.State("b3", "b2").Entry().Exit();
    });

    // One state that writes down what it gets.
    private static readonly Chart<List<string>> Listener = Chart.Define<List<string>>("listener", c =>
    {
        var state = c.State("s");
        foreach (var signal in new[] { Low, High, Posted })
        {
            state.On(signal).Do(log => log.Add(signal.Name)).Handled();
        }

        state.On(Number).Do((log, number) => log.Add($"{number}")).Handled();
        state.On(Go).Do((_, chart) =>
        {
            chart.Subscribe(High, QueueType.Lifo);
            chart.Publish(Low, 7);
        }).Handled();
    });

    private readonly ManualTimeProvider _time = new();
    private readonly EventBus _bus = new();

    [Test, CancelAfter(10_000)]
    public async Task D1_PrintsTheMetaSignals_WhenSubscribingAndPublishingComeBeforeTheStart(
        CancellationToken cancellationToken)
    {
        await using var sub1 = Make("sub1");
        await using var sub2 = Make("sub2");
        await using var pub = new ActiveObject<object>(
            Publisher, new object(), _time, new HostOptions { Name = "pub", Bus = _bus });
        foreach (var subscriber in new[] { sub1, sub2 })
        {
            subscriber.Subscribe(BB);
            subscriber.Subscribe(CC);
            subscriber.Start("c2");
            await subscriber.WhenIdleAsync(cancellationToken);
        }

        pub.Start("b2");
        await pub.WhenIdleAsync(cancellationToken);
        await sub1.WhenIdleAsync(cancellationToken);
        await sub2.WhenIdleAsync(cancellationToken);
        sub1.PostFifo(CC);
        await sub1.WhenIdleAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(string.Join('\n', sub1.Spy()), Is.EqualTo(SubscriberSpy + "\n" + """
                CC:c2
                CC:c1
                <- Queued:(0) Deferred:(0)
                """));
            Assert.That(string.Join('\n', sub2.Spy()), Is.EqualTo(SubscriberSpy));
            Assert.That(string.Join('\n', pub.Spy()), Is.EqualTo(PublisherSpy));
            Assert.That(TraceText.Stripped(sub1.Trace()), Is.EqualTo(
                ["[sub1] e->start_at() top->c2", "[sub1] e->BB() c2->c2"]).AsCollection);
            Assert.That(TraceText.Stripped(pub.Trace()), Is.EqualTo(["[pub] e->start_at() top->b2"]).AsCollection);
        }
    }

    [Test]
    public void D2_PrintsOneLineAtTheHandler_WhenTheChartRuns()
    {
        var host = Listening("listener");
        host.ClearSpy();

        host.PostFifo(Go);
        host.CompleteCircuit();

        Assert.That(host.Spy(), Is.EqualTo(
        [
            "GO:s",
            "SUBSCRIBING TO:(HIGH, TYPE:lifo)",
            "PUBLISH:(LOW, PRIORITY:7)",
            "GO:s:HOOK",
            "<- Queued:(0) Deferred:(0)",
        ]).AsCollection);
    }

    [Test]
    public void D3_GoesBeforeEverythingThatWaits_WhenTheSubscriptionIsLifo()
    {
        var host = Listening("listener");
        host.Subscribe(High, QueueType.Lifo);
        host.Subscribe(Low);
        host.PostFifo(Posted);

        _bus.Publish(Low);
        _bus.Publish(High);
        host.CompleteCircuit();

        Assert.That(host.Context, Is.EqualTo(["HIGH", "POSTED", "LOW"]).AsCollection);
    }

    [Test]
    public void Publish_PutsTheHigherPriorityFirstAndEqualOnesInTheOrderOfArrival_WhenTheyWait()
    {
        var host = Listening("listener");
        host.Subscribe(Number);

        foreach (var (number, priority) in new[] { (1, 1000), (2, 5), (3, 1000), (4, 1), (5, 5), (6, 1_000_000) })
        {
            _bus.Publish(Number.With(number), priority);
        }

        host.CompleteCircuit();
        Assert.That(string.Join(' ', host.Context), Is.EqualTo("4 2 5 1 3 6"));
    }

    [Test]
    public void Publish_OvertakesNoPostedAndNoLifoEvent_HoweverHighThePriority()
    {
        var host = Listening("listener");
        host.Subscribe(Low);
        host.Subscribe(High);
        host.Subscribe(Number, QueueType.Lifo);

        _bus.Publish(Low, EventBus.LowestPriority);
        host.PostFifo(Posted);
        _bus.Publish(Number.With(1), EventBus.LowestPriority);
        _bus.Publish(High, EventBus.HighestPriority);
        host.CompleteCircuit();

        Assert.That(host.Context, Is.EqualTo(["1", "LOW", "POSTED", "HIGH"]).AsCollection);
    }

    [Test]
    public void Publish_LeavesWhatWaitsAndServesTheOthers_WhenAQueueIsFull()
    {
        var full = Listening("full", capacity: 1);
        var other = Listening("other");
        full.Subscribe(Low);
        other.Subscribe(Low);
        full.PostFifo(Posted);

        var taken = _bus.Publish(Low, EventBus.HighestPriority);
        full.CompleteCircuit();
        other.CompleteCircuit();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(taken, Is.EqualTo(1));
            Assert.That((full.Context, other.Context), Is.EqualTo((new[] { "POSTED" }, new[] { "LOW" })));
            Assert.That((full.DroppedCount, other.DroppedCount, _bus.DroppedCount), Is.EqualTo((1, 0, 1)));
        }
    }

    [Test]
    public void Publish_IsRefusedByTheSubscriberAlone_WhenItExpectsAnotherPayload()
    {
        var host = Listening("listener");
        host.Subscribe(Text);

        var taken = _bus.Publish(Text.With("seven"));

        Assert.That((taken, host.DroppedCount, host.QueuedCount), Is.EqualTo((0, 1, 0)));
    }

    [Test]
    public void Subscribe_ChangesTheQueueType_WhenItIsAskedForAgain()
    {
        var host = Listening("listener");
        host.Subscribe(High);
        host.Subscribe(High, QueueType.Lifo);
        host.PostFifo(Posted);

        var taken = _bus.Publish(High);
        host.CompleteCircuit();

        Assert.That((taken, string.Join(' ', host.Context)), Is.EqualTo((1, "HIGH POSTED")));
    }

    [Test]
    public void Stop_EndsTheSubscriptions()
    {
        var host = Listening("listener");
        var late = new ChartHost<List<string>>(Listener, [], _time, new HostOptions { Bus = _bus });
        host.Subscribe(Low);
        late.Subscribe(Low);
        var before = _bus.SubscriberCount(Low);

        host.Stop();
        late.Stop();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((before, _bus.SubscriberCount(Low), _bus.Publish(Low)), Is.EqualTo((1, 0, 0)));
            Assert.That((host.Subscribe(Low), host.Publish(Low)), Is.EqualTo((false, false)));
            Assert.That(_bus.SubscriberCount(Low), Is.Zero);
        }
    }

    [Test]
    public void Subscribe_Throws_WhenThereIsNoBusOrNoSense()
    {
        var alone = new ChartHost<List<string>>(Listener, [], _time);
        var host = Listening("listener");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => alone.Subscribe(Low), Throws.InvalidOperationException);
            Assert.That(() => alone.Publish(Low), Throws.InvalidOperationException);
            Assert.That(() => host.Publish(Low, 0), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => host.Publish(Text.With("x")), Throws.ArgumentException);
            Assert.That(
                () => host.Subscribe(Low, (QueueType)2), Throws.TypeOf<ArgumentOutOfRangeException>());
        }
    }

    // Two charts that publish to each other from their handlers: a lock across handlers would hang.
    [Test, CancelAfter(60_000)]
    public async Task Publish_HoldsNoLockAcrossHandlers_WhenChartsAnswerEachOther(CancellationToken cancellationToken)
    {
        const int Rounds = 1_000;
        const int Expected = 2 * Rounds * (1 + 2 + 4 + 8);
        var chart = Chart.Define<int[]>("player", c => c.State("s").On(Number).Do((counts, number, chart) =>
        {
            counts[0]++;
            if (number > 0)
            {
                chart.Publish(Number.With(number - 1), 1 + (number % 3));
            }
        }).Handled());
        var players = Enumerable.Range(0, 2).Select(_ => new ActiveObject<int[]>(
            chart, new int[1], _time, new HostOptions { Bus = _bus, QueueCapacity = 65_000 })).ToList();
        foreach (var player in players)
        {
            player.Start();
            player.Subscribe(Number);
        }

        for (var round = 0; round < Rounds; round++)
        {
            _bus.Publish(Number.With(3));
        }

        // One that is idle may get an answer of the other still.
        while (players.Sum(player => Volatile.Read(ref player.Context[0])) < Expected)
        {
            await players[0].WhenIdleAsync(cancellationToken);
            await players[1].WhenIdleAsync(cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
        }

        Assert.That(players.Select(player => player.Context[0]), Has.All.EqualTo(Expected / 2));
        await players[0].DisposeAsync();
        await players[1].DisposeAsync();
        Assert.That(_bus.SubscriberCount(Number), Is.Zero);
    }

    private ActiveObject<object> Make(string name) =>
        new(Subscriber, new object(), _time, new HostOptions { Name = name, Bus = _bus });

    private ChartHost<List<string>> Listening(string name, int capacity = 10)
    {
        var options = new HostOptions { Name = name, Bus = _bus, QueueCapacity = capacity };
        var host = new ChartHost<List<string>>(Listener, [], _time, options);
        host.Start();
        return host;
    }

    private const string SubscriberSpy = """
        POST_LIFO:SUBSCRIBE_META_SIGNAL
        POST_LIFO:SUBSCRIBE_META_SIGNAL
        START
        SEARCH_FOR_SUPER_SIGNAL:c2
        SEARCH_FOR_SUPER_SIGNAL:c1
        ENTRY_SIGNAL:c1
        ENTRY_SIGNAL:c2
        INIT_SIGNAL:c2
        <- Queued:(2) Deferred:(0)
        SUBSCRIBE_META_SIGNAL:c2
        SUBSCRIBE_META_SIGNAL:c1
        SUBSCRIBING TO:(CC, TYPE:fifo)
        <- Queued:(1) Deferred:(0)
        SUBSCRIBE_META_SIGNAL:c2
        SUBSCRIBE_META_SIGNAL:c1
        SUBSCRIBING TO:(BB, TYPE:fifo)
        <- Queued:(0) Deferred:(0)
        BB:c2
        BB:c1
        EXIT_SIGNAL:c2
        SEARCH_FOR_SUPER_SIGNAL:c2
        EXIT_SIGNAL:c1
        ENTRY_SIGNAL:c1
        INIT_SIGNAL:c1
        SEARCH_FOR_SUPER_SIGNAL:c2
        ENTRY_SIGNAL:c2
        INIT_SIGNAL:c2
        <- Queued:(0) Deferred:(0)
        """;

    private const string PublisherSpy = """
        START
        SEARCH_FOR_SUPER_SIGNAL:b2
        SEARCH_FOR_SUPER_SIGNAL:b1
        ENTRY_SIGNAL:b1
        ENTRY_SIGNAL:b2
        INIT_SIGNAL:b2
        POST_LIFO:PUBLISH_META_SIGNAL
        <- Queued:(1) Deferred:(0)
        PUBLISH_META_SIGNAL:b2
        PUBLISH_META_SIGNAL:b1
        PUBLISH:(BB, PRIORITY:1000)
        <- Queued:(0) Deferred:(0)
        """;
}
