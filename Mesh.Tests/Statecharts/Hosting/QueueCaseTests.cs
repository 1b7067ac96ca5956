using Mesh.Statecharts;
using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Hosting;

/// <summary>The cases of miros that were recorded with queues but without a thread.</summary>
public sealed class QueueCaseTests
{
    private static readonly Signal A = new("A");
    private static readonly Signal R = new("R");
    private static readonly Signal X = new("X");

    private const string DeferredSpy = """
        START
        SEARCH_FOR_SUPER_SIGNAL:s1
        ENTRY_SIGNAL:s1
        INIT_SIGNAL:s1
        <- Queued:(0) Deferred:(0)
        A:s1
        POST_DEFERRED:X
        A:s1:HOOK
        <- Queued:(0) Deferred:(1)
        A:s1
        POST_DEFERRED:X
        A:s1:HOOK
        <- Queued:(0) Deferred:(2)
        R:s1
        RECALL:X
        POST_FIFO:X
        R:s1:HOOK
        <- Queued:(1) Deferred:(1)
        X:s1
        X ran
        X:s1:HOOK
        <- Queued:(0) Deferred:(1)
        R:s1
        RECALL:X
        POST_FIFO:X
        R:s1:HOOK
        <- Queued:(1) Deferred:(0)
        X:s1
        X ran
        X:s1:HOOK
        <- Queued:(0) Deferred:(0)
        R:s1
        R:s1:HOOK
        <- Queued:(0) Deferred:(0)
        """;

    [Test]
    public void C13_CountsWhatWaits_WhenEventsComeFasterThanTheyAreHandled()
    {
        var chart = Chart.Define<object>("queue", c => c.State("s1").Entry().Exit().On(A).Goto("s1"));

        var run = ChartRun.Queued(chart, "chart", host =>
        {
            host.Start("s1");
            host.PostFifo(A);
            host.PostFifo(A);
            host.PostFifo(A);
            host.CompleteCircuit();
        });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Spy, Is.EqualTo("""
                START
                SEARCH_FOR_SUPER_SIGNAL:s1
                ENTRY_SIGNAL:s1
                INIT_SIGNAL:s1
                <- Queued:(0) Deferred:(0)
                A:s1
                EXIT_SIGNAL:s1
                ENTRY_SIGNAL:s1
                INIT_SIGNAL:s1
                <- Queued:(2) Deferred:(0)
                A:s1
                EXIT_SIGNAL:s1
                ENTRY_SIGNAL:s1
                INIT_SIGNAL:s1
                <- Queued:(1) Deferred:(0)
                A:s1
                EXIT_SIGNAL:s1
                ENTRY_SIGNAL:s1
                INIT_SIGNAL:s1
                <- Queued:(0) Deferred:(0)
                """));
            Assert.That(run.Trace, Is.EqualTo("""
                [chart] e->start_at() top->s1
                [chart] e->A() s1->s1
                [chart] e->A() s1->s1
                [chart] e->A() s1->s1
                """));
        }
    }

    [Test]
    public void C15_RecallsOneAtATimeAndNothingInSilence_WhenEventsWereDeferred()
    {
        var chart = Chart.Define<object>("defer", c => c.State("s1").Entry().Exit()
            .On(A).Do((_, chart) => chart.Defer(X)).Handled()
            .On(R).Do((_, chart) => chart.Recall()).Handled()
            .On(X).Do((_, chart) => chart.Scribble("X ran")).Handled());

        var run = ChartRun.Queued(chart, "chart", host =>
        {
            host.Start("s1");
            foreach (var signal in new[] { A, A, R, null, R, null, R })
            {
                if (signal is not null)
                {
                    host.PostFifo(signal);
                }

                host.NextRtc();
            }
        });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Spy, Is.EqualTo(DeferredSpy));
            Assert.That(run.Trace, Is.EqualTo("[chart] e->start_at() top->s1"));
        }
    }
}
