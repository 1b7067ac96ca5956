using Mesh.Statecharts;
using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Engine;
using Mesh.Statecharts.Hosting;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Engine;

/// <summary>States that are written as methods.</summary>
public sealed class StateMethodTests
{
    private static readonly Signal A = new("A");
    private static readonly Signal Guarded = new("T");

    // outer > c1, c2
    [Test]
    public void State_PrintsWhatHandWrittenStatesOfMirosPrint()
    {
        var chart = Chart.Define<object>("chart", c => c
            .State("outer", Outer)
            .State("c1", "outer", First)
            .State("c2", "outer", (_, _, e) => e.Signal == A ? StateAnswer.Transition("c1") : StateAnswer.Super));

        var run = ChartRun.Queued(chart, "chart", host =>
        {
            host.Start("outer");
            host.PostFifo(new Signal("A"));
            host.PostFifo(A);
            host.PostFifo(Guarded);
            host.CompleteCircuit();
        });

        Assert.That(run.Spy, Is.EqualTo("""
            START
            SEARCH_FOR_SUPER_SIGNAL:outer
            ENTRY_SIGNAL:outer
            INIT_SIGNAL:outer
            SEARCH_FOR_SUPER_SIGNAL:c1
            ENTRY_SIGNAL:c1
            INIT_SIGNAL:c1
            <- Queued:(0) Deferred:(0)
            A:c1
            SEARCH_FOR_SUPER_SIGNAL:c2
            SEARCH_FOR_SUPER_SIGNAL:c1
            EXIT_SIGNAL:c1
            ENTRY_SIGNAL:c2
            INIT_SIGNAL:c2
            <- Queued:(2) Deferred:(0)
            A:c2
            SEARCH_FOR_SUPER_SIGNAL:c1
            SEARCH_FOR_SUPER_SIGNAL:c2
            EXIT_SIGNAL:c2
            ENTRY_SIGNAL:c1
            INIT_SIGNAL:c1
            <- Queued:(1) Deferred:(0)
            T:c1
            EMPTY_SIGNAL:c1
            T:outer
            outer saw T
            T:outer:HOOK
            <- Queued:(0) Deferred:(0)
            """));
    }

    [Test]
    public void State_MayLieInsideAStateOfTheBuilderAndAroundOne()
    {
        var chart = Chart.Define<object>("mixed", c =>
        {
            c.State("outer").On(A).Goto("leaf");
            c.State("middle", "outer", (_, _, _) => StateAnswer.Super);
            c.State("leaf", "middle").On(Guarded).When(_ => false).Goto("outer").On(Guarded).Handled();
        });
        var machine = new ChartMachine<object>(chart, new object());
        machine.Start("middle", 0);

        machine.Dispatch(A, 0);
        var whenBuilt = machine.StateName;
        machine.Dispatch(Guarded, 0);
        machine.Dispatch(new Signal("other"), 0);

        Assert.That((whenBuilt, machine.StateName, machine.Status), Is.EqualTo(("leaf", "leaf", ChartStatus.Running)));
    }

    [TestCase("no answer")]
    [TestCase("unknown")]
    [TestCase("entry")]
    public void State_FaultsTheChartAtItsPlace_WhenTheAnswerMakesNoSense(string which)
    {
        var chart = Chart.Define<object>("bad", c => c.State("s", (_, _, e) =>
            e.Signal == A && which == "no answer" ? default
            : e.Signal == A && which == "unknown" ? StateAnswer.Transition("nowhere")
            : e.Signal == StateSignals.Entry && which == "entry" ? StateAnswer.Transition("s")
            : StateAnswer.Super));
        var host = new ChartHost<object>(chart, new object(), new ManualTimeProvider());

        host.Start();
        host.PostFifo(A);
        host.CompleteCircuit();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(host.Status, Is.EqualTo(ChartStatus.Faulted));
            Assert.That(host.Fault, Is.TypeOf<InvalidOperationException>());
            Assert.That(host.Spy()[^1], Is.EqualTo("FAULT:s"));
        }
    }

    [Test]
    public void Define_Throws_WhenAMethodStandsInAChartOfTheScxmlProfile()
    {
        Assert.That(
            () => Chart.Define<object>("x", c => c.Profile(Profile.Scxml).State("s", (_, _, _) => StateAnswer.Super)),
            Throws.TypeOf<ChartDefinitionException>().With.Message.Contains("Samek"));
    }

    private static StateAnswer Outer(IChart chart, object context, Event received)
    {
        if (received.Signal == StateSignals.Init)
        {
            return StateAnswer.Transition("c1");
        }

        if (received.Signal == Guarded)
        {
            chart.Scribble("outer saw T");
            return StateAnswer.Handled;
        }

        return StateAnswer.Super;
    }

    private static StateAnswer First(IChart chart, object context, Event received) =>
        received.Signal == StateSignals.Exit ? StateAnswer.Handled
        : received.Signal == A ? StateAnswer.Transition("c2")
        : received.Signal == Guarded ? StateAnswer.Unhandled
        : StateAnswer.Super;
}
