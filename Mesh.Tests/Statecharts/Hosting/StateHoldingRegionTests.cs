using Mesh.Statecharts;
using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Hosting;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Hosting;

/// <summary>What states of parallel regions hold: an event is deferred or handled, never both.</summary>
public sealed class StateHoldingRegionTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly Signal Go = new("GO");
    private static readonly Signal Leave = new("LEAVE");
    private static readonly Signal Throw = new("THROW");
    private static readonly Signal<int> X = new("X");
    private static readonly Signal<string> Done = new("DONE");
    private static readonly Signal<Exception> Failed = new("FAILED");

    private readonly ManualTimeProvider _time = new();
    private readonly List<string> _log = [];

    // left defers X, right would take it: what defers goes before, and right gets it when left has been left.
    [Test]
    public void Defer_GoesBeforeATransitionOfAnotherRegion()
    {
        var host = Regions(
            left =>
            {
                left.State("busy").Defer(X).On(Go).Goto("ready");
                left.State("ready");
            },
            right => Logging(right.State("taking"), "right"));

        Post(host, X.With(1), X.With(2));
        var before = (_log.Count, host.DeferredCount);
        Post(host, Go);

        Assert.That(before, Is.EqualTo((0, 2)));
        Assert.That(_log, Is.EqualTo(["right 1", "right 2"]).AsCollection);
    }

    [Test]
    public void Defer_GivesWayToATransitionOfAStateInside_WhicheverRegionItIsIn()
    {
        var host = Regions(
            left => Logging(left.State("taking"), "left"),
            right => right.State("idle"),
            all => all.Defer(X));

        Post(host, X.With(1));

        Assert.That((string.Join(' ', _log), host.DeferredCount), Is.EqualTo(("left 1", 0)));
    }

    // Both defer X; it is there once, in the hands of one after the other.
    [Test]
    public void Defer_KeepsAnEventOnceAndInItsPlace_WhenTwoRegionsDeferIt()
    {
        var host = Regions(
            left =>
            {
                left.State("busy1").Defer(X).On(Go).Goto("ready1");
                Logging(left.State("ready1"), "left");
            },
            right =>
            {
                right.State("busy2").Defer(X).On(Leave).Goto("ready2");
                Logging(right.State("ready2"), "right");
            });

        Post(host, X.With(1), X.With(2));
        var first = host.DeferredCount;
        Post(host, Go, X.With(3));
        var second = (host.DeferredCount, _log.Count);
        Post(host, Leave);

        Assert.That((first, second), Is.EqualTo((2, (3, 0))));
        Assert.That(_log, Is.EqualTo(["left 1", "right 1", "left 2", "right 2", "left 3", "right 3"]).AsCollection);
    }

    [Test]
    public void Defer_GivesEventsBackInTheOrderOfTheirArrival_WhenSeveralStatesAreLeftAtOnce()
    {
        var y = new Signal<int>("Y");
        var host = Regions(
            left => left.State("a").Defer(X),
            right => right.State("b").Defer(y),
            all => all.On(Leave).Goto("end"),
            end =>
            {
                Logging(end, "X");
                end.On(y).Do((log, number) => log.Add($"Y {number}")).Handled();
            });

        Post(host, X.With(1), y.With(2), X.With(3), y.With(4), Leave);

        Assert.That(_log, Is.EqualTo(["X 1", "Y 2", "X 3", "Y 4"]).AsCollection);
    }

    [Test]
    public void Defer_BringsARaisedEventBackThroughTheQueue()
    {
        var host = Regions(
            left =>
            {
                left.State("busy").Defer(X).On(Go).Do((_, chart) => chart.Raise(X.With(7))).Handled()
                    .On(Leave).Goto("ready");
                Logging(left.State("ready"), "left");
            },
            right => right.State("idle"));

        Post(host, Go);
        var deferred = host.DeferredCount;
        Post(host, Leave);

        Assert.That((deferred, string.Join(' ', _log)), Is.EqualTo((1, "left 7")));
    }

    [Test]
    public void After_RunsInEachRegionByItself_AndEndsWithItsStateAlone()
    {
        var host = Regions(
            left =>
            {
                left.State("a").After(2 * Second).Goto("late").On(Go).Goto("away");
                left.State("late");
                left.State("away");
            },
            right =>
            {
                right.State("b").After(2 * Second).Goto("other");
                right.State("other");
            });

        _time.Advance(Second);
        Post(host, Go);
        _time.Advance(Second);
        host.CompleteCircuit();

        Assert.That((host.StateName, _time.PendingTimerCount), Is.EqualTo(("away,other", 0)));
    }

    [Test]
    public void Work_OfOneRegionEnds_WhenItsStateIsLeft_AndThatOfTheOtherGoesOn()
    {
        var sources = new[] { new TaskCompletionSource<string>(), new TaskCompletionSource<string>() };
        var host = Regions(
            left =>
            {
                left.State("a").Work((_, _) => sources[0].Task, Done, Failed).On(Go).Goto("away");
                left.State("away");
            },
            right => right.State("b").Work((_, _) => sources[1].Task, Done, Failed)
                .On(Done).Do((log, text) => log.Add(text)).Handled());

        Post(host, Go);
        sources[0].SetResult("left");
        sources[1].SetResult("right");
        host.CompleteCircuit();

        Assert.That(_log, Is.EqualTo(["right"]).AsCollection);
    }

    // A handler that throws raises an error in this profile, and the state still holds what it is to hold.
    [Test]
    public void Holding_BeginsAndEnds_WhenTheHandlersOfTheStateThrow()
    {
        var host = Regions(
            left =>
            {
                left.State("calm").On(Throw).Goto("bad");
                left.State("bad").Entry(_ => throw new FormatException()).Exit(_ => throw new FormatException())
                    .Defer(X).After(Second).Goto("late");
                Logging(left.State("late"), "late");
            },
            right => right.State("idle"));

        Post(host, Throw, X.With(1));
        _time.Advance(Second);
        host.CompleteCircuit();

        Assert.That((host.StateName, string.Join(' ', _log)), Is.EqualTo(("late,idle", "late 1")));
    }

    private static void Logging(StateBuilder<List<string>> state, string name) =>
        state.On(X).Do((log, number) => log.Add($"{name} {number}")).Handled();

    private static void Post(ChartHost<List<string>> host, params Event[] events)
    {
        foreach (var posted in events)
        {
            host.PostFifo(posted);
            host.CompleteCircuit();
        }
    }

    private ChartHost<List<string>> Regions(
        Action<StateBuilder<List<string>>> left,
        Action<StateBuilder<List<string>>> right,
        Action<StateBuilder<List<string>>>? all = null,
        Action<StateBuilder<List<string>>>? end = null)
    {
        var chart = Chart.Define<List<string>>("regions", c =>
        {
            c.Profile(Profile.Scxml);
            var around = c.State("all", StateKind.Parallel);
            all?.Invoke(around);
            left(around.State("left"));
            right(around.State("right"));
            var last = c.State("end");
            end?.Invoke(last);
        });
        var host = new ChartHost<List<string>>(chart, _log, _time);
        host.Start();
        return host;
    }
}
