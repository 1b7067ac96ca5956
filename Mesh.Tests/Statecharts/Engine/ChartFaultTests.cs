using Mesh.Statecharts;
using Mesh.Statecharts.Hosting;
using Mesh.Statecharts.Instrumentation;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Engine;

/// <summary>A handler that throws: where the text of the step is cut, and that the chart stays visible.</summary>
public sealed class ChartFaultTests
{
    private static readonly Signal A = new("A");
    private static readonly Signal B = new("B");

    // outer > inner: A goes to other; every handler but one is harmless
    [TestCase("guard", "A:inner,guard,FAULT:inner")]
    [TestCase("effect", "A:inner,A:outer,effect,FAULT:outer")]
    [TestCase("exit inner", "A:inner,A:outer,EXIT_SIGNAL:inner,exit inner,FAULT:inner")]
    [TestCase("exit outer", "A:inner,A:outer,EXIT_SIGNAL:inner,SEARCH_FOR_SUPER_SIGNAL:inner,"
        + "SEARCH_FOR_SUPER_SIGNAL:other,SEARCH_FOR_SUPER_SIGNAL:outer,EXIT_SIGNAL:outer,exit outer,FAULT:outer")]
    [TestCase("entry", "A:inner,A:outer,EXIT_SIGNAL:inner,SEARCH_FOR_SUPER_SIGNAL:inner,"
        + "SEARCH_FOR_SUPER_SIGNAL:other,SEARCH_FOR_SUPER_SIGNAL:outer,EXIT_SIGNAL:outer,ENTRY_SIGNAL:other,"
        + "entry,FAULT:other")]
    [TestCase("init", "A:inner,A:outer,EXIT_SIGNAL:inner,SEARCH_FOR_SUPER_SIGNAL:inner,"
        + "SEARCH_FOR_SUPER_SIGNAL:other,SEARCH_FOR_SUPER_SIGNAL:outer,EXIT_SIGNAL:outer,ENTRY_SIGNAL:other,"
        + "INIT_SIGNAL:other,init,FAULT:other")]
    public void Dispatch_CutsTheTextAtThePlaceOfTheFault(string place, string expected)
    {
        var chart = Chart.Define<object>("faulty", c =>
        {
            c.Style(Mesh.Statecharts.Definition.ChartStyle.Factory);
            var outer = c.State("outer").Exit((_, chart) => Run(chart, "exit outer"));
            outer.On(A).Do((_, chart) => Run(chart, "effect")).Goto("other");
            outer.State("inner").Exit((_, chart) => Run(chart, "exit inner"))
                .On(A).When((_, chart) => Run(chart, "guard") && false).Goto("inner")
                .On(B).Handled();
            c.State("other").Entry((_, chart) => Run(chart, "entry")).Init((_, chart) => Run(chart, "init"));
        });
        var host = Host(chart);
        var faults = 0;
        host.Faulted += (_, _) => faults++;
        host.Start("inner");
        host.ClearSpy();
        host.PostFifo(A);
        host.PostFifo(B);

        var count = host.CompleteCircuit();

        var lines = expected.Split(',');
        using (Assert.EnterMultipleScope())
        {
            Assert.That(host.Spy().Where(line => !IsHarmless(line, place)), Is.EqualTo(lines).AsCollection);
            Assert.That((count, faults, host.Status), Is.EqualTo((1, 1, ChartStatus.Faulted)));
            Assert.That(host.Fault, Is.TypeOf<FormatException>());
            Assert.That((host.StateName, host.QueuedCount, host.DroppedCount), Is.EqualTo(("inner", 0, 1)));
            Assert.That(host.PostFifo(B), Is.False);
            Assert.That(host.Trace().Trim().Split('\n'), Has.Length.EqualTo(1), "a fault is no transition");
        }

        bool Run(IChart chart, string name)
        {
            chart.Scribble(name);
            return name == place ? throw new FormatException("secret") : true;
        }
    }

    [Test]
    public void Start_IsAVisibleFault_WhenAnEntryThrows()
    {
        var chart = Chart.Define<object>("faulty", c => c.State("outer").Init("inner")
            .State("inner").Entry(_ => throw new FormatException()));
        var host = Host(chart);

        host.Start();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(host.Spy(), Is.EqualTo(
            [
                "START",
                "SEARCH_FOR_SUPER_SIGNAL:outer",
                "ENTRY_SIGNAL:outer",
                "INIT_SIGNAL:outer",
                "SEARCH_FOR_SUPER_SIGNAL:inner",
                "ENTRY_SIGNAL:inner",
                "FAULT:inner",
            ]).AsCollection);
            Assert.That((host.Status, host.StateName), Is.EqualTo((ChartStatus.Faulted, "")));
            Assert.That(host.Trace(), Is.EqualTo("\n"));
        }
    }

    [Test]
    public void Dispatch_IsAVisibleFault_WhenAChosenTargetDoesNotExist()
    {
        var chart = Chart.Define<object>("faulty", c => c.State("s").On(A).GotoDynamic(_ => "nowhere")
            .State("t").InitDynamic(_ => "s"));
        var target = Host(chart);
        var init = Host(chart);
        target.Start("s");
        target.PostFifo(A);

        target.CompleteCircuit();
        init.Start("t");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(target.SpyRtc(), Is.EqualTo(["A:s", "FAULT:s"]).AsCollection);
            Assert.That(init.SpyRtc(), Does.Contain("INIT_SIGNAL:t").And.Contain("FAULT:t"));
        }
    }

    [Test]
    public void Ring_HoldsTheTypeOfTheExceptionButNotItsMessage()
    {
        var chart = Chart.Define<object>("faulty", c =>
            c.State("s").On(A).Do(_ => throw new FormatException("secret")));
        var host = Host(chart);
        host.Start();
        host.PostFifo(A);
        host.NextRtc();
        var notes = new byte[NoteWriter.MaxBytes];
        var next = 1UL;

        host.Ring!.TryRead(ref next, out var record, notes, out var noteBytes, out _);

        var reader = new NoteReader(notes.AsSpan(0, noteBytes));
        Assert.That(reader.TryRead(out var note), Is.True);
        var text = note.GetText();
        using (Assert.EnterMultipleScope())
        {
            Assert.That((record.Kind, record.LeafBefore, record.LeafAfter), Is.EqualTo((StepKind.Fault, 0, 0)));
            Assert.That(text, Is.EqualTo("\0FormatException"));
        }
    }

    private static ChartHost<object> Host(Chart<object> chart) => new(chart, new object(), new ManualTimeProvider());

    private static bool IsHarmless(string line, string place) =>
        line != place && !line.Contains(':', StringComparison.Ordinal);
}
