using Mesh.Statecharts;
using Mesh.Statecharts.Engine;
using Mesh.Statecharts.Instrumentation;
using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Engine;

public sealed class ChartMachineTests
{
    private static readonly Signal Go = new("GO");
    private static readonly Signal Stay = new("STAY");
    private static readonly Signal<int> Add = new("ADD");

    private static readonly string[] Ends = ["second", "first"];

    // outer > (first, second > deep); second chooses its init
    private static readonly Chart<Diary> Sample = Chart.Define<Diary>("sample", c =>
    {
        var outer = c.State("outer").Init("first").On(Stay).Do(diary => diary.Add("stayed")).Handled();
        outer.State("first").Entry(diary => diary.Add("into first")).Exit(diary => diary.Add("out of first"))
            .On(Go).When(diary => diary.IsOpen).Do(diary => diary.Add("going")).Goto("second")
            .On(Go).Do(diary => diary.Add("closed")).Handled();
        var second = outer.State("second").InitDynamic(diary => diary.Choice)
            .On(Add).When((_, number) => number > 9).Do((diary, number) => diary.Add($"big {number}")).Handled()
            .On(Add).Do((diary, number) => diary.Add($"small {number}")).GotoDynamic((_, number) => Ends[number]);
        second.State("deep").Entry(diary => diary.Add("into deep"));
    });

    [Test]
    public void Dispatch_TriesGuardedReactionsInOrder_WhenAStateHasSeveralForOneSignal()
    {
        var (machine, diary) = Started();

        var closed = machine.Dispatch(Go, 0);
        diary.IsOpen = true;
        diary.Choice = "deep";
        var open = machine.Dispatch(Go, 0);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((closed, open), Is.EqualTo((OutcomeKind.Hook, OutcomeKind.Transition)));
            Assert.That(diary, Is.EqualTo(["into first", "closed", "going", "out of first", "into deep"]).AsCollection);
            Assert.That(machine.StateName, Is.EqualTo("deep"));
        }
    }

    [Test]
    public void IsIn_HoldsForTheStateAndThoseAroundIt()
    {
        var (machine, _) = Started();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(machine.IsIn("first"), Is.True);
            Assert.That(machine.IsIn("outer"), Is.True);
            Assert.That(machine.IsIn("second"), Is.False);
            Assert.That(machine.IsIn("nowhere"), Is.False);
            Assert.That(new ChartMachine<Diary>(Sample, []).IsIn("outer"), Is.False);
        }
    }

    [Test]
    public void Dispatch_HandsTheTypedPayloadToGuardEffectAndTarget()
    {
        var (machine, diary) = Started();
        diary.IsOpen = true;
        machine.Dispatch(Go, 0);
        diary.Clear();

        var hook = machine.Dispatch(Add.With(12), 0);
        var chosen = machine.Dispatch(Add.With(1), 0);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((hook, chosen), Is.EqualTo((OutcomeKind.Hook, OutcomeKind.Dynamic)));
            Assert.That(diary, Is.EqualTo(["big 12", "small 1", "into first"]).AsCollection);
        }
    }

    [Test]
    public void Dispatch_Throws_WhenThePayloadIsNotOfTheSignalsType()
    {
        var (machine, _) = Started();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => machine.Dispatch(new Event(Add, "12"), 0), Throws.ArgumentException);
            Assert.That(() => machine.Dispatch(new Event(new Signal("ADD"), null), 0), Throws.ArgumentException);
            Assert.That(machine.Status, Is.EqualTo(ChartStatus.Running));
        }
    }

    [Test]
    public void Dispatch_IsIgnored_WhenNobodyReactsOrTheSignalIsUnknown()
    {
        var ring = new StepRing();
        var machine = new ChartMachine<Diary>(Sample, [], ring);
        machine.Start(null, 0);

        var unasked = machine.Dispatch(Add.With(1), 5);
        var unknown = machine.Dispatch(new Signal("STRANGE"), 6);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((unasked, unknown), Is.EqualTo((OutcomeKind.Ignored, OutcomeKind.Ignored)));
            Assert.That(TextOf(machine, ring, 2), Is.EqualTo(["STRANGE:first", "STRANGE:outer"]).AsCollection);
        }
    }

    [Test]
    public void Dispatch_FindsTheSignalByName_WhenTheObjectIsAnother()
    {
        var (machine, _) = Started();

        Assert.That(machine.Dispatch(new Signal("STAY"), 0), Is.EqualTo(OutcomeKind.Hook));
    }

    [Test]
    public void Dispatch_Throws_WhenTheChartHasNotStartedOrAHandlerDispatches()
    {
        var idle = new ChartMachine<Diary>(Sample, []);
        ChartMachine<object>? machine = null;
        var chart = Chart.Define<object>("nested", c =>
            c.State("s").On(Go).Do(_ => machine!.Dispatch(Stay, 0)).Handled());
        machine = new ChartMachine<object>(chart, new object());
        machine.Start(null, 0);
        machine.Dispatch(Go, 0);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => idle.Dispatch(Go, 0), Throws.InvalidOperationException);
            Assert.That(machine.Fault, Is.TypeOf<InvalidOperationException>());
            Assert.That(() => machine.Dispatch(Go, 0), Throws.InvalidOperationException);
        }
    }

    [Test]
    public void Start_Throws_WhenTheStateIsUnknownOrTheChartWasStarted()
    {
        var (machine, _) = Started();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => machine.Start(null, 0), Throws.InvalidOperationException);
            Assert.That(
                () => new ChartMachine<Diary>(Sample, []).Start("nowhere", 0),
                Throws.ArgumentException.With.Message.Contains("'nowhere'"));
        }
    }

    [Test]
    public void Handlers_CannotPost_WhenTheMachineHasNoQueues()
    {
        var chart = Chart.Define<object>("poster", c =>
            c.State("s").On(Go).Do((_, chart) => chart.PostFifo(Go)).Handled());
        var machine = new ChartMachine<object>(chart, new object());
        machine.Start(null, 0);

        machine.Dispatch(Go, 0);

        Assert.That(machine.Fault, Is.TypeOf<InvalidOperationException>().With.Message.Contains("without queues"));
    }

    [Test]
    public void Stop_EndsTheMachineAfterTheStep_WhenAHandlerAsksForIt()
    {
        var chart = Chart.Define<object>("stopper", c => c.State("s").On(Go).Do((_, chart) => chart.Stop()).Goto("t")
            .State("t"));
        var machine = new ChartMachine<object>(chart, new object());
        machine.Start(null, 0);

        machine.Dispatch(Go, 0);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(machine.StateName, Is.EqualTo("t"));
            Assert.That(machine.Status, Is.EqualTo(ChartStatus.Stopped));
        }
    }

    [Test]
    public void CurrentEvent_IsTheRunningEvent_InsideAHandlerAlone()
    {
        Event seen = default;
        var chart = Chart.Define<object>("event", c =>
            c.State("s").On(Add).Do((_, _, chart) => seen = chart.CurrentEvent));
        var machine = new ChartMachine<object>(chart, new object());
        machine.Start(null, 0);

        machine.Dispatch(Add.With(7), 0);

        Assert.That((seen.ToString(), machine.CurrentEvent.Signal), Is.EqualTo(("ADD::<7>", (Signal?)null)));
    }

    [Test]
    public void Scribble_IsIgnored_WhenNoHandlerRuns()
    {
        IChart? kept = null;
        var chart = Chart.Define<Diary>("keeper", c => c.State("s").On(Go).Do((_, chart) => kept = chart).Handled());
        var ring = new StepRing();
        var machine = new ChartMachine<Diary>(chart, [], ring);
        machine.Start(null, 0);
        machine.Dispatch(Go, 0);

        kept!.Scribble("too late");
        machine.Dispatch(Go, 0);

        var next = 2UL;
        ring.TryRead(ref next, out var record, new byte[NoteWriter.MaxBytes], out _, out _);
        Assert.That((record.Number, record.NoteBytes), Is.EqualTo((2UL, 0)));
    }

    private static (ChartMachine<Diary> Machine, Diary Diary) Started()
    {
        var diary = new Diary();
        var machine = new ChartMachine<Diary>(Sample, diary);
        machine.Start(null, 0);
        return (machine, diary);
    }

    private static List<string> TextOf(ChartMachine<Diary> machine, StepRing ring, ulong number)
    {
        var notes = new byte[NoteWriter.MaxBytes];
        var lines = new List<string>();
        ring.TryRead(ref number, out var record, notes, out var noteBytes, out _);
        SpyText.Expand(Sample.Definition, record, notes.AsSpan(0, noteBytes), machine.Names, lines);
        return lines;
    }

    private sealed class Diary : List<string>
    {
        public bool IsOpen { get; set; }

        public string? Choice { get; set; }
    }
}
