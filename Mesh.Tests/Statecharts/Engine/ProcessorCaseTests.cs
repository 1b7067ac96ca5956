using Mesh.Statecharts;
using Mesh.Statecharts.Definition;
using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Engine;

/// <summary>The cases of miros that were recorded on its bare event processor.</summary>
public sealed class ProcessorCaseTests
{
    private static readonly Signal A = new("A");
    private static readonly Signal B = new("B");
    private static readonly Signal C = new("C");
    private static readonly Signal D = new("D");
    private static readonly Signal E = new("E");
    private static readonly Signal T = new("T");
    private static readonly Signal Open = new("OPEN");

    // +-s1-+
    // |    +-A-+
    // |    <---+
    // +----+
    [Test]
    public void C02a_LeavesAndEntersTheState_WhenItGoesToItself()
    {
        var chart = Chart.Define<object>("a", c => Caught(c.State("s1")).On(A).Goto("s1"));

        var run = ChartRun.Bare(chart, "s1", A);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Spy, Is.EqualTo("""
                START
                SEARCH_FOR_SUPER_SIGNAL:s1
                ENTRY_SIGNAL:s1
                INIT_SIGNAL:s1
                A:s1
                EXIT_SIGNAL:s1
                ENTRY_SIGNAL:s1
                INIT_SIGNAL:s1
                """));
            Assert.That(run.Trace, Is.EqualTo("""
                [chart] e->start_at() top->s1
                [chart] e->A() s1->s1
                """));
        }
    }

    // +-s1----------------+
    // | +-s2------------+ |
    // | |   +-s3-+      +-A->
    // | <-B-+    |      | |
    // | |   +----+      | |
    // | +---------------+ |
    // +-------------------+
    [Test]
    public void C02d_DoesNotLeaveTheParent_WhenAChildGoesToIt()
    {
        var chart = Chart.Define<object>("d", c =>
        {
            var s1 = Caught(c.State("s1"));
            var s2 = Caught(s1.State("s2")).On(A).Goto(s1);
            Caught(s2.State("s3")).On(B).Goto(s2);
        });

        var run = ChartRun.Bare(chart, "s2", A);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Spy, Is.EqualTo("""
                START
                SEARCH_FOR_SUPER_SIGNAL:s2
                SEARCH_FOR_SUPER_SIGNAL:s1
                ENTRY_SIGNAL:s1
                ENTRY_SIGNAL:s2
                INIT_SIGNAL:s2
                A:s2
                SEARCH_FOR_SUPER_SIGNAL:s1
                SEARCH_FOR_SUPER_SIGNAL:s2
                EXIT_SIGNAL:s2
                INIT_SIGNAL:s1
                """));
            Assert.That(run.Trace, Is.EqualTo("""
                [chart] e->start_at() top->s2
                [chart] e->A() s2->s1
                """));
        }
    }

    // s0 > s01; s1 > (s21 > s211 > s2111), (s22 > s3 > s32 > s321); B takes s21 to s321
    [Test]
    public void C02g2_WalksOutwardToACommonAncestor_WhenTheCatcherIsFarFromTheTarget()
    {
        var chart = Chart.Define<object>("g", c =>
        {
            Caught(c.State("s0")).State("s01").Entry().Exit().On(C).Goto("s22");
            var s1 = Caught(c.State("s1"));
            var s21 = Caught(s1.State("s21")).On(B).Goto("s321");
            Caught(Caught(s21.State("s211")).State("s2111")).On(A).Goto("s321");
            var s22 = Caught(s1.State("s22")).On(D).Goto(s1);
            Caught(Caught(Caught(s22.State("s3")).State("s32")).State("s321"));
        });

        var run = ChartRun.Bare(chart, "s2111", B);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Spy, Is.EqualTo("""
                START
                SEARCH_FOR_SUPER_SIGNAL:s2111
                SEARCH_FOR_SUPER_SIGNAL:s211
                SEARCH_FOR_SUPER_SIGNAL:s21
                SEARCH_FOR_SUPER_SIGNAL:s1
                ENTRY_SIGNAL:s1
                ENTRY_SIGNAL:s21
                ENTRY_SIGNAL:s211
                ENTRY_SIGNAL:s2111
                INIT_SIGNAL:s2111
                B:s2111
                B:s211
                B:s21
                EXIT_SIGNAL:s2111
                SEARCH_FOR_SUPER_SIGNAL:s2111
                EXIT_SIGNAL:s211
                SEARCH_FOR_SUPER_SIGNAL:s211
                SEARCH_FOR_SUPER_SIGNAL:s321
                SEARCH_FOR_SUPER_SIGNAL:s21
                SEARCH_FOR_SUPER_SIGNAL:s32
                SEARCH_FOR_SUPER_SIGNAL:s3
                SEARCH_FOR_SUPER_SIGNAL:s22
                SEARCH_FOR_SUPER_SIGNAL:s1
                EXIT_SIGNAL:s21
                ENTRY_SIGNAL:s22
                ENTRY_SIGNAL:s3
                ENTRY_SIGNAL:s32
                ENTRY_SIGNAL:s321
                INIT_SIGNAL:s321
                """));
            Assert.That(run.Trace, Is.EqualTo("""
                [chart] e->start_at() top->s2111
                [chart] e->B() s2111->s321
                """));
        }
    }

    // s1 > s2 > s3 > s4 > s5; s1 hooks E
    [Test]
    public void C03_LeavesNothingAndTracesNothing_WhenTheOutermostStateHooks()
    {
        var chart = Chart.Define<object>("e", c =>
        {
            var s1 = Caught(c.State("s1")).On(A).Goto("s5").On(D).Goto("s2").On(E).Handled();
            var s2 = Caught(s1.State("s2")).On(B).Goto("s4");
            var s3 = Caught(s2.State("s3")).On(C).Goto("s4");
            Caught(Caught(s3.State("s4")).State("s5"));
        });

        var run = ChartRun.Bare(chart, "s5", E);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Spy, Is.EqualTo("""
                START
                SEARCH_FOR_SUPER_SIGNAL:s5
                SEARCH_FOR_SUPER_SIGNAL:s4
                SEARCH_FOR_SUPER_SIGNAL:s3
                SEARCH_FOR_SUPER_SIGNAL:s2
                SEARCH_FOR_SUPER_SIGNAL:s1
                ENTRY_SIGNAL:s1
                ENTRY_SIGNAL:s2
                ENTRY_SIGNAL:s3
                ENTRY_SIGNAL:s4
                ENTRY_SIGNAL:s5
                INIT_SIGNAL:s5
                E:s5
                E:s4
                E:s3
                E:s2
                E:s1
                E:s1:HOOK
                """));
            Assert.That(run.Trace, Is.EqualTo("[chart] e->start_at() top->s5"));
        }
    }

    [Test]
    public void C05_ProbesWithAnEmptySignal_WhenAGuardOfAFlatStateRefuses()
    {
        var chart = Chart.Define<List<int>>("guard", c =>
        {
            var outer = c.State("outer").Entry().Exit().On(T).Do((_, chart) => chart.Scribble("outer saw T")).Handled();
            outer.State("inner").Entry().Exit()
                .On(T).When(open => open.Count > 0).Goto("inner")
                .On(Open).Do(open => open.Add(1));
        });

        var run = ChartRun.Bare(chart, "inner", T, Open, T);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.Spy, Is.EqualTo("""
                START
                SEARCH_FOR_SUPER_SIGNAL:inner
                SEARCH_FOR_SUPER_SIGNAL:outer
                ENTRY_SIGNAL:outer
                ENTRY_SIGNAL:inner
                INIT_SIGNAL:inner
                T:inner
                EMPTY_SIGNAL:inner
                T:outer
                outer saw T
                T:outer:HOOK
                OPEN:inner
                OPEN:inner:HOOK
                T:inner
                EXIT_SIGNAL:inner
                ENTRY_SIGNAL:inner
                INIT_SIGNAL:inner
                """));
            Assert.That(run.Trace, Is.EqualTo("""
                [chart] e->start_at() top->inner
                [chart] e->T() inner->inner
                """));
        }
    }

    [Test]
    public void Dispatch_AsksTheParentWithoutAProbe_WhenAFlatStatePassesTheEventOn()
    {
        var chart = Chart.Define<object>("pass", c =>
        {
            var outer = c.State("outer");
            outer.State("passes").On(A).Do((_, chart) => chart.Scribble("seen")).Pass().On(B).Refuse();
        });

        var run = ChartRun.Bare(chart, "passes", A, B);

        Assert.That(run.Spy, Does.EndWith("""
            A:passes
            seen
            A:outer
            B:passes
            EMPTY_SIGNAL:passes
            B:outer
            """));
    }

    private static StateBuilder<TContext> Caught<TContext>(StateBuilder<TContext> state) => state.Entry().Exit();
}
