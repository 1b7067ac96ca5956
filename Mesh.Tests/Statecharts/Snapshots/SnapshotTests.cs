using System.Security.Cryptography;
using Mesh.Statecharts;
using Mesh.Statecharts.Hosting;
using Mesh.Statecharts.Snapshots;
using Mesh.Tests.Core.Foreign;
using Mesh.Tests.Statecharts.Oracle;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Snapshots;

/// <summary>What a snapshot keeps, and what a restore does with it.</summary>
public sealed class SnapshotTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly Signal Go = new("GO");
    private static readonly Signal<int> X = new("X");
    private static readonly Signal<string> Done = new("DONE");
    private static readonly Signal<Exception> Failed = new("FAILED");

    private static readonly DelegateCodec<List<string>> Codec = new(
        log => string.Join('\n', log),
        (log, text) => log.AddRange(text.Split('\n', StringSplitOptions.RemoveEmptyEntries)));

    private readonly ManualTimeProvider _time = new();

    [Test]
    public void Restore_RunsNoHandler_AndBeginsTheSpyWithItsOwnStep()
    {
        var chart = Walking();
        var host = Started(chart);
        host.PostFifo(Go);
        host.CompleteCircuit();

        var restored = Restored(chart, host.Snapshot(Codec));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(restored.StateName, Is.EqualTo("b1"));
            Assert.That(restored.Context, Is.EqualTo(["enter a", "enter b", "enter b1"]).AsCollection);
            Assert.That(restored.Spy(), Is.EqualTo(
            [
                "RESTORE_META_SIGNAL:b1", "RESTORE_META_SIGNAL:b", "<- Queued:(0) Deferred:(0)",
            ]).AsCollection);
        }
    }

    // The wait of b is 10 s; a third of it is over when the snapshot is taken.
    [Test]
    public void Restore_ArmsTimersWithTheTimeThatRemained()
    {
        var chart = Walking();
        var host = Started(chart);
        host.PostFifo(Go);
        host.CompleteCircuit();
        host.PostFifo(X.With(7), new PostTiming(4 * Second, Times: 2));
        _time.Advance(3 * Second);
        var snapshot = host.Snapshot(Codec);
        _time.Advance(1_000 * Second);

        var restored = Restored(chart, snapshot);
        var begin = restored.Context.Count;
        for (var passed = 0; passed < 7; passed++)
        {
            _time.Advance(Second);
            restored.CompleteCircuit();
            restored.Context.Add($"{passed + 1}");
        }

        Assert.That(
            restored.Context[begin..],
            Is.EqualTo(["X7", "1", "2", "3", "4", "X7", "5", "6", "enter a", "7"]).AsCollection);
    }

    // The timer has fired, and its event waits behind one that leaves the state and enters it anew.
    [Test]
    public void Restore_TakesAWaitingTimerEventBack_WhenItsStateIsLeft()
    {
        var chart = Chart.Define<List<string>>("again", c => c.State("a")
            .After(10 * Second).Do(log => log.Add("after")).Handled()
            .On(Go).Do(log => log.Add("go")).Goto("a"));
        var host = Started(chart);
        _time.Advance(10 * Second);
        host.PostLifo(Go);

        var restored = Restored(chart, host.Snapshot(Codec));
        restored.CompleteCircuit();
        var before = string.Join(' ', restored.Context);
        _time.Advance(10 * Second);
        restored.CompleteCircuit();

        Assert.That((before, string.Join(' ', restored.Context)), Is.EqualTo(("go", "go after")));
    }

    [Test]
    public void Restore_KeepsTheEventsThatAStateHolds_AndGivesThemBackInTheirOrder()
    {
        var chart = Walking();
        var host = Started(chart);
        foreach (var posted in new[] { X.With(1), X.With(2), X.With(3) })
        {
            host.PostFifo(posted);
        }

        host.NextRtc();
        host.NextRtc();

        var restored = Restored(chart, host.Snapshot(Codec));
        var counts = (restored.QueuedCount, restored.DeferredCount);
        restored.PostFifo(Go);
        restored.CompleteCircuit();

        Assert.That(counts, Is.EqualTo((1, 2)));
        Assert.That(restored.Context.Skip(1), Is.EqualTo(["enter b", "enter b1", "X1", "X2", "X3"]).AsCollection);
    }

    [Test]
    public void Restore_StartsDeclaredWorkAnew_AndTellsWorkOfHandlersAsFailed()
    {
        var source = new TaskCompletionSource<string>();
        var starts = 0;
        var chart = Chart.Define<List<string>>("work", c =>
        {
            var s = c.State("s").Work(
                (_, _) =>
                {
                    starts++;
                    return source.Task;
                },
                Done,
                Failed);
            s.On(Go).Do((_, face) => face.StartWork(_ => new TaskCompletionSource<string>().Task, Done, Failed));
            s.On(Done).Do((log, text) => log.Add(text)).Handled();
            s.On(Failed).Do((log, failure) => log.Add(failure.GetType().Name)).Handled();
        });
        var host = Started(chart);
        host.PostFifo(Go);
        host.CompleteCircuit();

        var restored = Restored(chart, host.Snapshot(Codec));
        restored.CompleteCircuit();
        source.SetResult("bread");
        restored.CompleteCircuit();

        Assert.That((starts, string.Join(' ', restored.Context)), Is.EqualTo((2, "RestoredException bread")));
    }

    [Test]
    public void Restore_SubscribesAgain_AndKeepsTheNumbersOfTimedPosts()
    {
        var bus = new EventBus();
        var chart = Walking();
        var host = new ChartHost<List<string>>(chart, [], _time, new HostOptions { Bus = bus });
        host.Start("b1");
        host.Subscribe(X);
        var id = host.PostFifo(X.With(1), PostTiming.After(Second));
        var snapshot = host.Snapshot(Codec);
        host.Stop();

        var restored = new ChartHost<List<string>>(chart, [], _time, new HostOptions { Bus = bus });
        restored.Restore(snapshot, Codec);
        restored.CancelEvent(id);
        var next = restored.PostFifo(X.With(2), PostTiming.After(Second));
        bus.Publish(X.With(3));
        restored.CompleteCircuit();

        Assert.That((restored.TimedPostCount, next.Value), Is.EqualTo((1, id.Value + 1)));
        Assert.That(restored.Context[^1], Is.EqualTo("X3"));
        Assert.That(restored.Name, Is.EqualTo(host.Name));
    }

    [Test]
    public void Restore_IsRefusedAndNamesWhatDiffers_WhenTheDefinitionIsAnother()
    {
        var other = Chart.Define<List<string>>("other", c =>
        {
            c.Version("2");
            c.State("a");
        });
        var snapshot = Started(Walking()).Snapshot(Codec);
        var host = new ChartHost<List<string>>(other, [], _time);

        var result = host.Restore(snapshot, Codec);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Refusal, Is.EqualTo(SnapshotRefusal.OtherDefinition));
            Assert.That(result.Message, Does.Contain(Convert.ToHexStringLower(Walking().Definition.Hash.Span)));
            Assert.That(result.Message, Does.Contain(Convert.ToHexStringLower(other.Definition.Hash.Span)));
            Assert.That(result.Message, Does.Contain("version '', not '2', 3 states, not 1"));
            Assert.That(host.Status, Is.EqualTo(ChartStatus.Created));
        }
    }

    [Test]
    public void Restore_IsRefused_WhenTheCodecThrowsOrTheFormIsNewer()
    {
        var snapshot = Started(Walking()).Snapshot(Codec);
        var throwing = new DelegateCodec<List<string>>(_ => "", (_, _) => throw new FormatException("no"));
        var newer = snapshot[..^8];
        newer[4]++;

        var thrown = new ChartHost<List<string>>(Walking(), [], _time).Restore(snapshot, throwing);
        var refused = new ChartHost<List<string>>(Walking(), [], _time).Restore(
            [.. newer, .. SHA256.HashData(newer).AsSpan(0, 8)], Codec);

        Assert.That((thrown.Refusal, thrown.Message), Is.EqualTo(
            (SnapshotRefusal.UnknownContext, "the codec does not take the context: FormatException: no")));
        Assert.That(refused.Refusal, Is.EqualTo(SnapshotRefusal.UnknownVersion));
    }

    [Test]
    public void Snapshot_Throws_WhenAPayloadIsUnknownOrAHandlerRunsOrTheChartDoesNot()
    {
        ChartHost<List<string>>? host = null;
        var chart = Chart.Define<List<string>>("s", c => c.State("s").On(Go).Do(_ => host!.Snapshot(Codec)).Handled());
        host = new ChartHost<List<string>>(chart, [], _time);

        Assert.That(() => host.Snapshot(Codec), Throws.InvalidOperationException);
        host.Start();
        host.PostFifo(new Event(new Signal("ODD"), new object()));
        Assert.That(() => host.Snapshot(Codec), Throws.InvalidOperationException.With.Message.Contains("'ODD'"));
        host.Dispatch(Go);
        Assert.That(host.Fault, Is.InstanceOf<InvalidOperationException>());
        Assert.That(() => host.Restore([], Codec), Throws.InvalidOperationException);
    }

    [Test, CancelAfter(10_000)]
    public async Task SnapshotAsync_StandsBetweenTwoSteps_WhenEventsComeAllTheTime(CancellationToken cancellationToken)
    {
        var chart = Chart.Define<List<string>>(
            "count", c => c.State("s").On(X).Do((log, n) => log.Add($"{n}")).Handled());
        await using var active = new ActiveObject<List<string>>(
            chart, [], _time, new HostOptions { QueueCapacity = 20_000, IsInstrumented = false });
        active.Start();
        var posting = Task.Run(
            () => Enumerable.Range(0, 20_000).All(n => active.PostFifo(X.With(n))), cancellationToken);

        var snapshot = await active.SnapshotAsync(Codec, cancellationToken: cancellationToken);
        _ = await posting;
        await using var restored = new ActiveObject<List<string>>(chart, [], _time);
        var result = restored.Restore(snapshot, Codec);
        await restored.WhenIdleAsync(cancellationToken);

        Assert.That(result.IsRestored);
        Assert.That(restored.Context, Is.EqualTo(Enumerable.Range(0, restored.Context.Count).Select(n => $"{n}")));
    }

    // One thread posts for as long as the chart takes it; then the rest goes to the one that took over.
    [Test, CancelAfter(10_000)]
    public async Task SnapshotAsync_MovesAChartWithoutLossOrRepetition_WhenItIsToStop(
        CancellationToken cancellationToken)
    {
        const int Count = 20_000;
        var chart = Chart.Define<List<string>>(
            "count", c => c.State("s").On(X).Do((log, n) => log.Add($"{n}")).Handled());
        var options = new HostOptions { QueueCapacity = Count, IsInstrumented = false };
        await using var first = new ActiveObject<List<string>>(chart, [], _time, options);
        await using var second = new ActiveObject<List<string>>(chart, [], _time, options);
        first.Start();
        var posting = Task.Run(
            () => Enumerable.Range(0, Count).TakeWhile(n => first.PostFifo(X.With(n))).Count(), cancellationToken);

        var snapshot = await first.SnapshotAsync(Codec, thenStop: true, cancellationToken);
        var posted = await posting;
        var result = second.Restore(snapshot, Codec);
        for (var number = posted; number < Count; number++)
        {
            second.PostFifo(X.With(number));
        }

        await second.WhenIdleAsync(cancellationToken);

        Assert.That((result.IsRestored, first.Status), Is.EqualTo((true, ChartStatus.Stopped)));
        Assert.That(second.Context, Is.EqualTo(Enumerable.Range(0, Count).Select(n => $"{n}")));
    }

    [Test]
    public void Restore_KeepsWishesToSubscribeThatWait()
    {
        var chart = Walking();
        var (bus, other) = (new EventBus(), new EventBus());
        var host = new ChartHost<List<string>>(chart, [], _time, new HostOptions { Bus = bus });
        host.Subscribe(X, QueueType.Lifo);
        host.Publish(X.With(5));
        host.Start("b1");
        var restored = new ChartHost<List<string>>(chart, [], _time, new HostOptions { Bus = other });

        var result = restored.Restore(host.Snapshot(Codec, thenStop: true), Codec);
        restored.CompleteCircuit();
        var published = other.Publish(X.With(6));
        restored.CompleteCircuit();

        Assert.That((result.IsRestored, published, host.Status), Is.EqualTo((true, 1, ChartStatus.Stopped)));
        Assert.That(restored.Context[^1], Is.EqualTo("X6"));
    }

    [Test, CancelAfter(10_000)]
    public async Task SnapshotAsync_Fails_WhenTheChartWasStopped(CancellationToken cancellationToken)
    {
        await using var active = new ActiveObject<List<string>>(Walking(), [], _time);
        Assert.That(() => active.SnapshotAsync(Codec, true, cancellationToken), Throws.InvalidOperationException);
        active.Start();
        active.Stop();

        Assert.That(
            async () => await active.SnapshotAsync(Codec, true, cancellationToken), Throws.InvalidOperationException);
    }

    [Test]
    public void View_TellsTheState_WhenARestoredChartIsPublished([Values] bool isStepped)
    {
        using var world = new ViewWorld(1);
        var chart = Walking();
        var host = Started(chart);
        host.PostFifo(Go);
        host.CompleteCircuit();
        var restored = new ChartHost<List<string>>(chart, [], world.World.Time, new HostOptions { Name = "walk" });
        _ = world.World.Publisher.Add("restored", restored);

        var result = restored.Restore(host.Snapshot(Codec), Codec);
        if (isStepped)
        {
            restored.PostFifo(X.With(1));
            restored.PostFifo(new Signal("BACK"));
            restored.CompleteCircuit();
        }

        world.World.Connect();
        world.Settle();

        var seen = world.Hsm("restored");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.IsRestored);
            Assert.That(seen.StateName, Is.EqualTo(isStepped ? "a" : "b1"));
            Assert.That(seen.Spy(), Is.EqualTo(restored.Spy()).AsCollection);
            Assert.That(Stamps.Strip(seen.Trace()), Is.EqualTo(Stamps.Strip(restored.Trace())));
        }
    }

    private static Chart<List<string>> Walking() => Chart.Define<List<string>>("walk", c =>
    {
        c.State("a").Entry(log => log.Add("enter a")).Defer(X).On(Go).Goto("b");
        var b = c.State("b").Entry(log => log.Add("enter b")).Init("b1");
        b.After(10 * Second).Goto("a");
        b.On(X).Do((log, number) => log.Add($"X{number}")).Handled();
        b.On(new Signal("BACK")).Goto("a");
        b.State("b1").Entry(log => log.Add("enter b1"));
    });

    private ChartHost<List<string>> Started(Chart<List<string>> chart)
    {
        var host = new ChartHost<List<string>>(chart, [], _time);
        host.Start();
        return host;
    }

    private ChartHost<List<string>> Restored(Chart<List<string>> chart, byte[] snapshot)
    {
        var host = new ChartHost<List<string>>(chart, [], _time);
        Assert.That(host.Restore(snapshot, Codec), Is.EqualTo(default(RestoreResult)));
        return host;
    }
}
