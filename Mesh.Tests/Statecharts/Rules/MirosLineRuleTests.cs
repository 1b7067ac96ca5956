using Mesh.Statecharts;
using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Hosting;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Rules;

/// <summary>miros: what is written for events, posts, deferral, publishing, one line at a time.</summary>
public sealed class MirosLineRuleTests
{
    private static readonly Signal A = new("A");
    private static readonly Signal B = new("B");
    private static readonly Signal C = new("C");

    [Test]
    public void Miros_Start_IsTheFirstLine()
    {
        Assert.That(Spy(c => c.State("s"))[0], Is.EqualTo("START"));
    }

    [Test]
    public void Miros_Event_IsOfferedFromTheCurrentStateOutward_AndNeverToTop()
    {
        Assert.That(Step(c => c.State("outer").State("inner")), Is.EqualTo("A:inner|A:outer"));
    }

    [Test]
    public void Miros_Event_IsNotOfferedFartherOut_OnceItWasCaught()
    {
        Assert.That(
            Step(c => c.State("outer").State("inner").On(A).Handled()), Is.EqualTo("A:inner|A:inner:HOOK"));
    }

    [Test]
    public void Miros_Hook_ComesAfterAllThatTheHandlerWrote()
    {
        Assert.That(
            Step(c => c.State("outer").On(A).Do((_, chart) => { chart.Scribble("1"); chart.PostFifo(C); }).Handled()
                .State("inner")),
            Does.StartWith("A:inner|A:outer|1|POST_FIFO:C|A:outer:HOOK"));
    }

    [Test]
    public void Miros_RefusedGuard_IsProbedWithTheEmptySignal_InAFlatChart()
    {
        Assert.That(
            Step(c => c.State("outer").State("inner").On(A).When(_ => false).Goto("outer")),
            Is.EqualTo("A:inner|EMPTY_SIGNAL:inner|A:outer"));
    }

    [Test]
    public void Miros_RefusedGuard_LeavesNoLine_InAFactoryChart()
    {
        Assert.That(
            Step(c =>
            {
                c.Style(ChartStyle.Factory);
                c.State("outer").State("inner").On(A).When(_ => false).Goto("outer");
            }),
            Is.EqualTo("A:inner|A:outer"));
    }

    [Test]
    public void Miros_Posts_AreWrittenInTheHandlerThatMadeThem()
    {
        Assert.That(
            Step(c => c.State("s").On(A).Do((_, chart) =>
            {
                chart.PostFifo(B);
                chart.PostLifo(C);
                chart.Defer(A);
            }).Handled()),
            Is.EqualTo("A:s|POST_FIFO:B|POST_LIFO:C|POST_DEFERRED:A|A:s:HOOK|C:s|B:s"));
    }

    [Test]
    public void Miros_Posts_LeaveNoLine_WhenTheyComeFromOutside()
    {
        Assert.That(Spy(c => c.State("s"), A, B), Has.None.StartsWith("POST_"));
    }

    [Test]
    public void Miros_Recall_IsTwoLines_OrNoneWhenNothingIsDeferred()
    {
        var lines = Spy(
            c => c.State("s").On(A).Do((_, chart) => chart.Defer(B)).Handled()
                .On(C).Do((_, chart) => chart.Recall()).Handled(),
            A,
            C,
            C);

        Assert.That(
            string.Join('|', WithoutQueues(lines.SkipWhile(line => line != "C:s"))),
            Is.EqualTo("C:s|RECALL:B|POST_FIFO:B|C:s:HOOK|B:s|C:s|C:s:HOOK"));
    }

    [Test]
    public void Miros_Queues_AreToldAfterTheStartAndAfterEachStep()
    {
        var lines = Spy(
            c => c.State("s").Entry((_, chart) => { chart.PostFifo(B); chart.Defer(C); })
                .On(A).Do((_, chart) => chart.PostFifo(B)).Handled(),
            A);

        Assert.That(
            lines.Where(line => line.StartsWith("<-", StringComparison.Ordinal)),
            Is.EqualTo(new[]
            {
                "<- Queued:(1) Deferred:(1)", "<- Queued:(1) Deferred:(1)", "<- Queued:(1) Deferred:(1)",
                "<- Queued:(0) Deferred:(1)",
            }));
    }

    [Test]
    public void Miros_SubscribeAndPublish_AreOneLineEach_WhenTheChartRuns()
    {
        Assert.That(
            Step(c => c.State("s").On(A).Do((_, chart) =>
            {
                chart.Subscribe(B);
                chart.Subscribe(C, QueueType.Lifo);
                chart.Publish(C);
                chart.Publish(B, 1);
            }).Handled()),
            Is.EqualTo(
                "A:s|SUBSCRIBING TO:(B, TYPE:fifo)|SUBSCRIBING TO:(C, TYPE:lifo)|PUBLISH:(C, PRIORITY:1000)"
                + "|PUBLISH:(B, PRIORITY:1)|A:s:HOOK|C:s|B:s"));
    }

    [Test]
    public void Miros_Scribbles_AreLinesOfTheirOwn_BehindTheLineOfTheHandler()
    {
        Assert.That(
            Step(c =>
            {
                c.State("s").Exit((_, chart) => chart.Scribble("out"))
                    .On(A).Do((_, chart) => chart.Scribble("on the way")).Goto("t");
                c.State("t").Entry((_, chart) => chart.Scribble("in")).Init((_, chart) => chart.Scribble("settled"));
            }),
            Is.EqualTo(
                "A:s|on the way|SEARCH_FOR_SUPER_SIGNAL:t|SEARCH_FOR_SUPER_SIGNAL:s|EXIT_SIGNAL:s|out"
                + "|ENTRY_SIGNAL:t|in|INIT_SIGNAL:t|settled"));
    }

    [Test]
    public void Miros_Queues_AddNothingButTheirLine()
    {
        static void Define(ChartBuilder<object> c) => c.State("s").Entry().Exit().On(A).Goto("s").On(B).Handled();

        var chart = Chart.Define<object>("chart", Define);
        var bare = ChartRun.Bare(chart, "s", A, B, C).Spy;
        var queued = Spy(Define, A, B, C);

        Assert.That(string.Join('\n', WithoutQueues(queued)), Is.EqualTo(bare));
    }

    [Test]
    public void Miros_Trace_HasALineForTheStartAndForEachTransition_AndNoneForHooksAndIgnoredEvents()
    {
        var trace = Trace();

        Assert.That(trace.Split('\n', StringSplitOptions.RemoveEmptyEntries), Is.EqualTo(new[]
        {
            "[2026-01-02 03:04:05.000000] [named] e->start_at() top->inner",
            "[2026-01-02 03:04:05.000000] [named] e->A() inner->inner",
        }));
    }

    [Test]
    public void Miros_Trace_IsANewlineAndThenLinesThatEndWithOne()
    {
        Assert.That(Trace(), Does.StartWith("\n[").And.EndWith("inner\n").And.Not.Contain("\n\n"));
    }

    [Test]
    public void Miros_EventText_IsTheNameAndThePayload()
    {
        Assert.That(
            ($"{new Event(new Signal("Mary"), "lamb")}", $"{new Event(new Signal("Mary"))}"),
            Is.EqualTo(("Mary::<lamb>", "Mary::<>")));
    }

    // A settles in inner again; B is hooked; C concerns nobody. Payloads are not told.
    private static string Trace()
    {
        var chart = Chart.Define<object>("chart", c =>
        {
            c.State("outer").Init("inner").On(A).Goto("outer").On(B).Handled().State("inner");
        });
        var host = new ChartHost<object>(
            chart, new object(), new ManualTimeProvider(), new HostOptions { Name = "named" });
        host.Start("outer");
        foreach (var posted in new[] { new Event(A, "payload"), new Event(B), new Event(C) })
        {
            host.PostFifo(posted);
        }

        host.CompleteCircuit();
        return host.Trace();
    }

    // The lines of one step on A, without those that tell the queues.
    private static string Step(Action<ChartBuilder<object>> define)
    {
        return string.Join('|', WithoutQueues(
            Spy(define, A).SkipWhile(line => !line.StartsWith("A:", StringComparison.Ordinal))));
    }

    private static IEnumerable<string> WithoutQueues(IEnumerable<string> lines) =>
        lines.Where(line => !line.StartsWith("<-", StringComparison.Ordinal));

    // Starts in the innermost state named first in the deepest place: the chart's own start.
    private static IReadOnlyList<string> Spy(Action<ChartBuilder<object>> define, params Signal[] events)
    {
        var chart = Chart.Define("chart", define);
        var host = new ChartHost<object>(
            chart, new object(), new ManualTimeProvider(), new HostOptions { Bus = new EventBus() });
        host.Start(chart.Definition.States.Any(state => state.Name == "inner") ? "inner" : "s");
        foreach (var signal in events)
        {
            host.PostFifo(signal);
            host.CompleteCircuit();
        }

        Assert.That(host.Fault, Is.Null);
        return host.Spy();
    }
}
