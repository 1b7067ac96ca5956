using Mesh.Statecharts;
using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Hosting;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Engine;

/// <summary>Charts of the Scxml profile written in C#: data, errors, sends, limits.</summary>
public sealed class ScxmlChartTests
{
    private static readonly Signal Go = new("go");
    private static readonly Signal Late = new("late");
    private static readonly Signal<int> Number = new("number");

    private readonly ManualTimeProvider _time = new();

    [Test]
    public void DoneData_IsThePayloadOfTheDoneEvent()
    {
        var host = Started(c =>
        {
            var outer = c.State("outer");
            outer.OnAny("done.state.outer").Do((log, chart) => log.Add($"{chart.CurrentEvent.Payload}")).Handled();
            outer.State("end", StateKind.Final).DoneData((log, _) => $"{log.Count} so far");
        });

        Assert.That(host.Context, Is.EqualTo(new[] { "0 so far" }));
    }

    [Test]
    public void DoneData_ThatThrows_IsAnErrorAndLeavesTheDoneEventWithoutData()
    {
        var host = Started(c =>
        {
            var outer = c.State("outer");
            outer.OnAny("*").Do(Tell).Handled();
            outer.State("end", StateKind.Final).DoneData((_, _) => throw new FormatException("no data"));
        });

        Assert.That(host.Context, Is.EqualTo(new[] { "error.execution FormatException", "done.state.outer" }));
    }

    [TestCase("entry")]
    [TestCase("exit")]
    [TestCase("guard")]
    [TestCase("effect")]
    [TestCase("initial")]
    public void Handlers_ThatThrow_AreErrorsOfExecution_AndTheStepGoesOn(string place)
    {
        var host = Started(c =>
        {
            c.State("a").Exit(_ => ThrowAt("exit")).OnAny("go")
                .When(_ => ThrowAt("guard")).Do(_ => ThrowAt("effect")).Goto("b")
                .OnAny("go").Goto("b")
                .OnAny("error").Do(Tell).Handled();
            var b = c.State("b").Entry(_ => ThrowAt("entry")).Init("inner", _ => ThrowAt("initial"));
            b.OnAny("error").Do(Tell).Handled();
            b.State("inner");
        });

        Post(host, Go);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(host.StateName, Is.EqualTo("inner"));
            Assert.That(host.Context, Is.EqualTo(new[] { "error.execution FormatException" }));
            Assert.That(host.Status, Is.EqualTo(ChartStatus.Running));
        }

        bool ThrowAt(string here) => here == place ? throw new FormatException("no") : true;
    }

    [Test]
    public void Send_IsAnErrorOfCommunicationWithItsId_WhenTheQueueIsFull()
    {
        var host = Started(
            c => c.State("a").OnAny("go").Do((_, chart) =>
            {
                chart.Send(Late, sendId: "first");
                chart.Send(Late, sendId: "second");
            }).Handled().OnAny("error").Do((log, chart) =>
                log.Add($"{chart.CurrentEvent.Signal.Name} {chart.CurrentSendId} {chart.CurrentOrigin}")).Handled(),
            new HostOptions { QueueCapacity = 1 });

        Post(host, Go);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(host.Context, Is.EqualTo(new[] { "error.communication second Platform" }));
            Assert.That(host.DroppedCount, Is.EqualTo(1));
        }
    }

    [Test]
    public void Send_IsAnErrorOfCommunication_WhenFiveHundredWaitForTheirTime()
    {
        var host = Started(c => c.State("a").OnAny("go").Do((_, chart) =>
        {
            for (var count = 0; count <= 500; count++)
            {
                chart.Send(Late, TimeSpan.FromSeconds(1), $"{count}");
            }
        }).Handled().OnAny("error").Do((log, chart) => log.Add($"{chart.CurrentSendId}")).Handled());

        Post(host, Go);

        Assert.That((host.Context.Single(), host.TimedPostCount), Is.EqualTo(("500", 500)));
    }

    [Test]
    public void Send_ComesAfterItsDelay_UnlessItsIdIsCancelled()
    {
        var host = Started(c => c.State("a").OnAny("late").Do((log, chart) => log.Add($"{chart.CurrentSendId}"))
            .Handled().OnAny("go").Do((_, chart) =>
            {
                chart.Send(Late, TimeSpan.FromSeconds(2), "kept");
                chart.Send(Late, TimeSpan.FromSeconds(1), "cancelled");
                chart.Send(Late, TimeSpan.FromSeconds(3), "cancelled");
                chart.CancelSend("cancelled");
                chart.CancelSend("nobody");
            }).Handled());

        Post(host, Go);
        Pass(host, 1_999);
        var before = host.Context.Count;
        Pass(host, 5_000);

        Assert.That((before, string.Join(' ', host.Context)), Is.EqualTo((0, "kept")));
    }

    [Test]
    public void TypedPayloads_ReachGuardsAndEffects_AndOthersAreRefused()
    {
        var host = Started(c => c.State("a")
            .On(Number).When((_, number) => number > 5).Do((log, number) => log.Add($"{number}")).Goto("b")
            .State("b"));

        Post(host, Number.With(5));
        Post(host, Number.With(6));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(host.Context, Is.EqualTo(new[] { "6" }));
            Assert.That(
                () => host.PostFifo(new Event(new Signal("number"), "six")),
                Throws.ArgumentException.With.Message.Contains("carries Int32"));
        }
    }

    [Test]
    public void Raise_RefusesAndCounts_WhenTenThousandEventsWait()
    {
        var refused = 0;
        var host = Started(c => c.State("a").OnAny("go").Do((_, chart) =>
        {
            for (var count = 0; count < 10_005; count++)
            {
                refused += chart.Raise(Late) ? 0 : 1;
            }
        }).Handled());

        host.PostFifo(Go);
        host.CompleteCircuit();

        Assert.That((refused, host.DroppedCount), Is.EqualTo((5, 5)));
    }

    [Test]
    public void Raise_Throws_WhenNoHandlerRuns()
    {
        var host = Started(c => c.State("a"));

        Assert.That(() => host.Raise(Late), Throws.InvalidOperationException);
    }

    [Test]
    public void AChartThatDoesNotSettle_IsFaultedVisibly_AndStaysWhereItWas()
    {
        var host = Started(c =>
        {
            c.State("a").OnAny("go").Goto("b");
            c.State("b").Always().Goto("c");
            c.State("c").Always().Goto("b");
        });

        host.PostFifo(Go);
        host.CompleteCircuit();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(host.Status, Is.EqualTo(ChartStatus.Faulted));
            Assert.That(host.Fault, Is.InstanceOf<InvalidOperationException>()
                .With.Message.EqualTo("chart 'chart' did not settle within 10000 microsteps"));
            Assert.That((host.StateName, host.IsIn("a"), host.IsIn("b")), Is.EqualTo(("a", true, false)));
            Assert.That(host.Spy()[^1], Is.EqualTo("FAULT:a"));
            Assert.That(host.PostFifo(Go), Is.False);
        }
    }

    [Test]
    public void AChartThatDoesNotSettle_ForgetsWhatItsHistoriesLearnt()
    {
        var host = Started(c =>
        {
            var outer = c.State("outer");
            outer.OnAny("go").Goto("loop");
            outer.State("last", StateKind.ShallowHistory).Always().Goto("x");
            outer.State("x");
            c.State("loop").Always().Goto("loop");
        });

        host.PostFifo(Go);
        host.CompleteCircuit();

        Assert.That((host.StateName, host.Status), Is.EqualTo(("x", ChartStatus.Faulted)));
    }

    [Test]
    public void Spy_SaysHowManyNotesAreMissing_WhenAStepHasTooMany()
    {
        var host = Started(c => c.State("a").OnAny("go").Do((_, chart) =>
        {
            for (var count = 1; count <= 300; count++)
            {
                chart.Scribble($"{count}");
            }
        }).Handled());

        Post(host, Go);

        // The microstep is a note as well, and the oldest. The line itself takes the place of scribble 51.
        Assert.That(
            host.Spy().SkipWhile(line => !line.StartsWith("NOTES", StringComparison.Ordinal)),
            Is.EqualTo(
            [
                "NOTES_DROPPED:51",
                .. Enumerable.Range(52, 249).Select(number => $"{number}"),
                "<- Queued:(0) Deferred:(0)",
            ]).AsCollection);
    }

    [Test, CancelAfter(10_000)]
    public async Task ActiveObject_RunsAChartOfTheProfile(CancellationToken cancellationToken)
    {
        var chart = Chart.Define<List<string>>("chart", c =>
        {
            c.Profile(Profile.Scxml);
            var p = c.State("p", StateKind.Parallel);
            p.OnAny("done.state.p").Goto("end");
            var left = p.State("left");
            left.State("l1").OnAny("go").Do((_, running) => running.Send(Late, TimeSpan.FromSeconds(1))).Goto("l2");
            left.State("l2", StateKind.Final);
            var right = p.State("right");
            right.State("r1").OnAny("late").Goto("r2");
            right.State("r2", StateKind.Final);
            c.State("end", StateKind.Final);
        });
        await using var active = new ActiveObject<List<string>>(chart, [], _time);

        active.Start();
        active.PostFifo(Go);
        await active.WhenIdleAsync(cancellationToken);
        var between = active.StateName;
        _time.Advance(TimeSpan.FromSeconds(1));
        await active.WhenIdleAsync(cancellationToken);

        Assert.That((between, active.StateName, active.Status), Is.EqualTo(("l2,r1", "end", ChartStatus.Done)));
    }

    private static void Tell(List<string> log, IChart chart)
    {
        var (signal, payload) = chart.CurrentEvent;
        log.Add(payload is null ? signal.Name : $"{signal.Name} {payload.GetType().Name}");
    }

    private static void Post(ChartHost<List<string>> host, Event posted)
    {
        host.PostFifo(posted);
        host.CompleteCircuit();
        Assert.That(host.Fault, Is.Null);
    }

    private void Pass(ChartHost<List<string>> host, int milliseconds)
    {
        _time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        host.CompleteCircuit();
    }

    private ChartHost<List<string>> Started(Action<ChartBuilder<List<string>>> define, HostOptions? options = null)
    {
        var chart = Chart.Define<List<string>>("chart", c =>
        {
            c.Profile(Profile.Scxml);
            define(c);
        });
        var host = new ChartHost<List<string>>(chart, [], _time, options);
        host.Start();
        return host;
    }
}
