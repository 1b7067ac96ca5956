using Mesh.Statecharts;
using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Hosting;
using Mesh.Statecharts.Instrumentation;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Hosting;

/// <summary>The cases of miros that were recorded on active objects, run on the thread pool.</summary>
public sealed class ActiveObjectCaseTests
{
    private static readonly Signal A = new("A");
    private static readonly Signal B = new("B");
    private static readonly Signal T = new("T");
    private static readonly Signal Open = new("OPEN");

    [Test, CancelAfter(10_000)]
    public async Task C01_PrintsTheNetworkedExamplesProducer(CancellationToken cancellationToken)
    {
        var chart = Chart.Define<object>("producer", c =>
        {
            c.Style(ChartStyle.Factory);
            var outer = c.State("producer_outer").Entry().Exit().Init("c1").On(B).Goto("producer_outer");
            outer.State("c1").On(A).Goto("c2");
            outer.State("c2").On(A).Goto("c1");
        });

        await using var producer = await RunAsync(
            chart, "producer_192.168.1.72", "producer_outer", cancellationToken, B);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(string.Join('\n', producer.Spy()), Is.EqualTo("""
                START
                SEARCH_FOR_SUPER_SIGNAL:producer_outer
                ENTRY_SIGNAL:producer_outer
                INIT_SIGNAL:producer_outer
                SEARCH_FOR_SUPER_SIGNAL:c1
                ENTRY_SIGNAL:c1
                INIT_SIGNAL:c1
                <- Queued:(0) Deferred:(0)
                B:c1
                B:producer_outer
                EXIT_SIGNAL:c1
                EXIT_SIGNAL:producer_outer
                ENTRY_SIGNAL:producer_outer
                INIT_SIGNAL:producer_outer
                SEARCH_FOR_SUPER_SIGNAL:c1
                ENTRY_SIGNAL:c1
                INIT_SIGNAL:c1
                <- Queued:(0) Deferred:(0)
                """));
            Assert.That(TraceText.Stripped(producer.Trace()), Is.EqualTo(
            [
                "[producer_192.168.1.72] e->start_at() top->c1",
                "[producer_192.168.1.72] e->B() c1->c1",
            ]).AsCollection);
        }
    }

    [Test, CancelAfter(10_000)]
    public async Task C05f_AsksTheParentWithoutAProbe_WhenAGuardOfAFactoryStateRefuses(
        CancellationToken cancellationToken)
    {
        var chart = Chart.Define<List<int>>("guard", c =>
        {
            var outer = c.Style(ChartStyle.Factory).State("outer").Entry().Exit();
            outer.On(T).Do((_, chart) => chart.Scribble("outer saw T"));
            outer.State("inner").On(T).When(open => open.Count > 0).Goto("inner").On(Open).Do(open => open.Add(1));
        });

        await using var guard = await RunAsync(chart, "guard", "inner", cancellationToken, T, Open, T);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(string.Join('\n', guard.Spy()), Is.EqualTo("""
                START
                SEARCH_FOR_SUPER_SIGNAL:inner
                SEARCH_FOR_SUPER_SIGNAL:outer
                ENTRY_SIGNAL:outer
                ENTRY_SIGNAL:inner
                INIT_SIGNAL:inner
                <- Queued:(0) Deferred:(0)
                T:inner
                T:outer
                outer saw T
                T:outer:HOOK
                <- Queued:(0) Deferred:(0)
                OPEN:inner
                OPEN:inner:HOOK
                <- Queued:(0) Deferred:(0)
                T:inner
                EXIT_SIGNAL:inner
                ENTRY_SIGNAL:inner
                INIT_SIGNAL:inner
                <- Queued:(0) Deferred:(0)
                """));
            Assert.That(TraceText.Stripped(guard.Trace()), Is.EqualTo(
            [
                "[guard] e->start_at() top->inner",
                "[guard] e->T() inner->inner",
            ]).AsCollection);
        }
    }

    // +-s-----------------------------------------+
    // | +-s1-----------+      +-s2--------------+ |
    // | | x/b()        |      | e/c()  i/d()    | |
    // | | +-s11-+      |      |   *-> +-s21-+   | |
    // | | |x/a()|      +-T--->|       |e/e()|   | |
    // | | +-----+      | g()  |       +-----+   | |
    // | +--------------+ t()  +-----------------+ |
    // +-------------------------------------------+
    [Test, CancelAfter(10_000)]
    public async Task C08_RunsEffectExitsEntriesAndInitsInThisOrder(CancellationToken cancellationToken)
    {
        var chart = Chart.Define<object>("order", c =>
        {
            var s = c.State("s").Entry().Exit();
            var s1 = s.State("s1").Entry().Exit((_, chart) => chart.Scribble("b()"));
            s1.On(T).Do((_, chart) =>
            {
                chart.Scribble("g()");
                chart.Scribble("t()");
            }).Goto("s2");
            s1.State("s11").Entry().Exit((_, chart) => chart.Scribble("a()"));
            var s2 = s.State("s2").Exit().Entry((_, chart) => chart.Scribble("c()"));
            s2.Init("s21", (_, chart) => chart.Scribble("d()"));
            s2.State("s21").Exit().Entry((_, chart) => chart.Scribble("e()"));
        });

        await using var testing = await RunAsync(chart, "Testing", "s11", cancellationToken, T);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(string.Join('\n', testing.Spy()), Is.EqualTo("""
                START
                SEARCH_FOR_SUPER_SIGNAL:s11
                SEARCH_FOR_SUPER_SIGNAL:s1
                SEARCH_FOR_SUPER_SIGNAL:s
                ENTRY_SIGNAL:s
                ENTRY_SIGNAL:s1
                ENTRY_SIGNAL:s11
                INIT_SIGNAL:s11
                <- Queued:(0) Deferred:(0)
                T:s11
                T:s1
                g()
                t()
                EXIT_SIGNAL:s11
                a()
                SEARCH_FOR_SUPER_SIGNAL:s11
                SEARCH_FOR_SUPER_SIGNAL:s2
                SEARCH_FOR_SUPER_SIGNAL:s1
                EXIT_SIGNAL:s1
                b()
                ENTRY_SIGNAL:s2
                c()
                INIT_SIGNAL:s2
                d()
                SEARCH_FOR_SUPER_SIGNAL:s21
                ENTRY_SIGNAL:s21
                e()
                INIT_SIGNAL:s21
                <- Queued:(0) Deferred:(0)
                """));
            Assert.That(TraceText.Stripped(testing.Trace()), Is.EqualTo(
            [
                "[Testing] e->start_at() top->s11",
                "[Testing] e->T() s11->s21",
            ]).AsCollection);
        }
    }

    private static async Task<ActiveObject<TContext>> RunAsync<TContext>(
        Chart<TContext> chart,
        string name,
        string start,
        CancellationToken cancellationToken,
        params Signal[] events)
        where TContext : new()
    {
        var active = new ActiveObject<TContext>(
            chart, new TContext(), new ManualTimeProvider(), new HostOptions { Name = name });
        active.Start(start);
        foreach (var signal in events)
        {
            active.PostFifo(signal);
            await active.WhenIdleAsync(cancellationToken);
        }

        return active;
    }
}
