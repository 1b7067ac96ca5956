using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Mesh.Statecharts;
using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Hosting;
using Mesh.Statecharts.Instrumentation;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Hosting;

/// <summary>The cases of miros that show whole patterns: timed posts with deferral, history, live output.</summary>
public sealed partial class ActiveObjectPatternTests
{
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    private static readonly Signal BatteryCharge = new("BATTERY_CHARGE");
    private static readonly Signal CapacitorCharge = new("CAPACITOR_CHARGE");
    private static readonly Signal TriggerPulled = new("TRIGGER_PULLED");
    private static readonly Signal Ready = new("READY");
    private static readonly Signal Open = new("OPEN");
    private static readonly Signal Close = new("CLOSE");
    private static readonly Signal Bake = new("BAKE");
    private static readonly Signal Toast = new("TOAST");
    private static readonly Signal Off = new("OFF");
    private static readonly Signal A = new("A");
    private static readonly Signal Hk = new("Hk");
    private static readonly Signal Zz = new("Zz");

    // tazor_operating > arming > armed
    [Test, CancelAfter(10_000)]
    public async Task C10_ChargesThreeTimesAndRecallsOneAtATime_WhenTheTriggerIsPulled(
        CancellationToken cancellationToken)
    {
        var time = new ManualTimeProvider();
        var options = new HostOptions { Name = "tazor" };
        await using var tazor = new ActiveObject<Tazor>(DefineTazor(), new Tazor(), time, options);

        tazor.Start("arming");
        for (var passed = 0; passed < 450; passed++)
        {
            time.Advance(Millisecond);
            await tazor.WhenIdleAsync(cancellationToken);
        }

        tazor.PostFifo(TriggerPulled);
        await tazor.WhenIdleAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(tazor.StateName, Is.EqualTo("tazor_operating"));
            Assert.That(string.Join('\n', tazor.Spy()), Is.EqualTo(TazorSpy));
            Assert.That(TraceText.Stripped(tazor.Trace()), Is.EqualTo(
            [
                "[tazor] e->start_at() top->arming",
                "[tazor] e->BATTERY_CHARGE() arming->armed",
                "[tazor] e->BATTERY_CHARGE() armed->armed",
                "[tazor] e->BATTERY_CHARGE() armed->armed",
                "[tazor] e->CAPACITOR_CHARGE() armed->tazor_operating",
                "[tazor] e->CAPACITOR_CHARGE() tazor_operating->tazor_operating",
                "[tazor] e->CAPACITOR_CHARGE() tazor_operating->tazor_operating",
            ]).AsCollection);
        }
    }

    // +-door_closed------------------------+      +-door_open-+
    // | *-> off    +-heating-------------+ |      |           |
    // |            | baking   toasting   | +-OPEN->           |
    // |            +---------------------+ |      |   CLOSE->H*
    // +------------------------------------+      +-----------+
    [Test]
    public void D6_GoesBackToTheRememberedLeaf_WhenTheDoorIsClosed()
    {
        var chart = Chart.Define<Oven>("oven", c =>
        {
            var closed = c.State("door_closed").Entry().Exit().Init("off");
            closed.On(Open).Goto("door_open").On(Bake).Goto("baking").On(Toast).Goto("toasting").On(Off).Goto("off");
            closed.State("off").Entry(oven => oven.Leaf = "off").Exit();
            var heating = closed.State("heating").Entry().Exit();
            heating.State("baking").Entry(oven => oven.Leaf = "baking").Exit();
            heating.State("toasting").Entry(oven => oven.Leaf = "toasting").Exit();
            c.State("door_open").Entry().Exit().On(Close).GotoDynamic(oven => oven.Leaf);
        });

        var run = ChartRun.Queued(chart, "oven", host =>
        {
            host.Start("door_closed");
            foreach (var signal in new[] { Toast, Open, Close, Off, Open, Close })
            {
                host.PostFifo(signal);
                host.NextRtc();
            }
        });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Spy, Is.EqualTo(OvenSpy));
            Assert.That(run.Trace, Is.EqualTo("""
                [oven] e->start_at() top->off
                [oven] e->TOAST() off->toasting
                [oven] e->OPEN() toasting->door_open
                [oven] e->CLOSE() door_open->toasting
                [oven] e->OFF() toasting->off
                [oven] e->OPEN() off->door_open
                [oven] e->CLOSE() door_open->off
                """));
        }
    }

    [Test, CancelAfter(10_000)]
    public async Task D7_TellsTheTraceLineBeforeTheSpyLinesOfAStep_WhenBothAreLive(CancellationToken cancellationToken)
    {
        var chart = Chart.Define<object>("lv", c =>
        {
            c.State("s1").Entry().Exit().On(A).Goto("s2").On(Hk).Handled();
            c.State("s2").Entry().Exit().On(A).Goto("s1");
        });
        var live = new ConcurrentQueue<string>();
        var options = new HostOptions { Name = "lv" };
        await using var active = new ActiveObject<object>(chart, new object(), new ManualTimeProvider(), options);
        active.RegisterLiveSpyCallback(line => live.Enqueue($"S {line}"));
        active.RegisterLiveTraceCallback(line =>
            live.Enqueue($"T '{Stamp().Replace(line, "<ts>").Replace("\n", @"\n")}'"));
        active.LiveSpy = true;
        active.LiveTrace = true;

        active.Start("s1");
        foreach (var signal in new[] { A, Hk, A, Hk, Zz })
        {
            active.PostFifo(signal);
        }

        await active.WhenIdleAsync(cancellationToken);

        // Posted all at once, so the queue lines count down; all else is as recorded.
        var lines = live.Select(line => QueueLine().Replace(line, "<- Queued:(0) Deferred:(0)"));
        Assert.That(string.Join('\n', lines), Is.EqualTo(LiveText));
    }

    [Test]
    public void LiveSpy_GoesOffAndTheChartGoesOn_WhenTheCallbackThrows()
    {
        var chart = Chart.Define<object>("lv", c => c.State("s1").On(A).Goto("s1"));
        var host = new ChartHost<object>(chart, new object(), new ManualTimeProvider()) { LiveSpy = true };
        var told = 0;
        host.RegisterLiveSpyCallback(_ =>
        {
            told++;
            throw new FormatException("no");
        });

        host.Start();
        host.PostFifo(A);
        host.CompleteCircuit();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(told, Is.EqualTo(1));
            Assert.That(host.LiveSpy, Is.False);
            Assert.That(host.LiveFailure, Is.TypeOf<FormatException>());
            Assert.That(host.Status, Is.EqualTo(ChartStatus.Running));
        }
    }

    private static Chart<Tazor> DefineTazor() => Chart.Define<Tazor>("tazor", c =>
    {
        var operating = c.State("tazor_operating").Init()
            .Entry((_, chart) => chart.Recall(), Report.Super)
            .Exit(Report.Super)
            .On(TriggerPulled).Do((_, chart) => chart.Recall()).Handled()
            .On(Ready).Goto("arming")
            .On(CapacitorCharge).Goto("tazor_operating");
        var arming = operating.State("arming").Init()
            .Entry(ChargeThreeTimes, Report.Super)
            .Exit((tazor, chart) => chart.CancelEvent(tazor.Charging), Report.Super)
            .On(BatteryCharge).Goto("armed");
        arming.State("armed").Init()
            .Entry((_, chart) => chart.Defer(CapacitorCharge), Report.Super)
            .Exit(Report.Super);
    });

    private static void ChargeThreeTimes(Tazor tazor, IChart chart) =>
        tazor.Charging = chart.PostFifo(BatteryCharge, new PostTiming(100 * Millisecond, Times: 3));

    [GeneratedRegex(@"(?<=\[)[0-9\-:. ]+(?=\])")]
    private static partial Regex Stamp();

    [GeneratedRegex(@"<- Queued:\(\d+\) Deferred:\(0\)")]
    private static partial Regex QueueLine();

    private sealed class Tazor
    {
        public TimedPostId Charging { get; set; }
    }

    private sealed class Oven
    {
        public string? Leaf { get; set; }
    }
}
