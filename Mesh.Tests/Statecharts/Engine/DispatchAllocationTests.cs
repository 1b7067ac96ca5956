using Mesh.Statecharts;
using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Engine;
using Mesh.Statecharts.Instrumentation;
using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Engine;

[NonParallelizable]
public sealed class DispatchAllocationTests
{
    private static readonly Signal Up = new("UP");
    private static readonly Signal Down = new("DOWN");
    private static readonly Signal Hook = new("HOOK");
    private static readonly Signal Refused = new("REFUSED");
    private static readonly Signal Chosen = new("CHOSEN");
    private static readonly Signal Scribbled = new("SCRIBBLED");
    private static readonly Signal Raised = new("RAISED");
    private static readonly Signal[] All = [Up, Hook, Refused, Down, Chosen, Scribbled];

    [Test]
    public void Dispatch_AllocatesNothing_WhenEveryTransitionWasTakenOnce([Values] bool isInstrumented)
    {
        var ring = isInstrumented ? new StepRing() : null;
        var machine = new ChartMachine<int[]>(Define(), new int[1], ring);
        machine.Start(null, 0);
        // Long enough for the ring to have grown to its largest size.
        for (var round = 0; round < 15_000; round++)
        {
            Round(machine);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 1_000; round++)
        {
            Round(machine);
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.That((allocated, machine.Status), Is.EqualTo((0, ChartStatus.Running)));
    }

    [Test]
    public void Dispatch_AllocatesNothing_WhenEachConfigurationOfTheScxmlProfileWasSeenOnce(
        [Values] bool isInstrumented)
    {
        var ring = isInstrumented ? new StepRing() : null;
        var machine = new ScxmlMachine<int[]>(DefineRegions(), new int[1], ring);
        machine.Start(null, 0);
        for (var round = 0; round < 15_000; round++)
        {
            Round(machine);
        }

        var (count, before) = (machine.StateName, GC.GetAllocatedBytesForCurrentThread());
        for (var round = 0; round < 1_000; round++)
        {
            Round(machine);
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.That((allocated, machine.Status, machine.StateName), Is.EqualTo((0, ChartStatus.Running, count)));
    }

    [Test]
    public void TryRead_AllocatesNothing()
    {
        var ring = new StepRing();
        var machine = new ChartMachine<int[]>(Define(), new int[1], ring);
        machine.Start(null, 0);
        for (var round = 0; round < 200; round++)
        {
            Round(machine);
        }

        var notes = new byte[NoteWriter.MaxBytes];
        var count = ReadAll(ring, notes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        count += ReadAll(ring, notes);

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.That((allocated, count), Is.EqualTo((0, 2 * StepRing.MaxCapacity)));
    }

    private static int ReadAll(StepRing ring, byte[] notes)
    {
        var count = 0;
        var next = 0UL;
        while (ring.TryRead(ref next, out _, notes, out _, out _) is var result && result != StepReadResult.Empty)
        {
            count += result == StepReadResult.Read ? 1 : 0;
        }

        return count;
    }

    private static void Round(ChartMachine<int[]> machine)
    {
        foreach (var signal in All)
        {
            machine.Dispatch(signal, 1);
        }
    }

    private static void Round(ScxmlMachine<int[]> machine)
    {
        foreach (var signal in All)
        {
            machine.Dispatch(signal, 1);
        }
    }

    // Regions, both histories, a raised event, an eventless transition, done events, and a handler that scribbles.
    private static Chart<int[]> DefineRegions() => Chart.Define<int[]>("regions", c =>
    {
        c.Profile(Profile.Scxml);
        var both = c.State("both", StateKind.Parallel).Entry(count => count[0]++).Exit(count => count[0]++);
        var left = both.State("left");
        left.State("before", StateKind.ShallowHistory).Always().Goto("a");
        left.State("a").Exit(count => count[0]++).On(Up).Do((_, chart) => chart.Raise(Raised)).Goto("b");
        left.State("b").Entry(count => count[0]++).On(Raised).Goto("c");
        left.State("c").Always().When(count => count[0] > 0).Goto("end");
        left.State("end", StateKind.Final);
        var right = both.State("right");
        right.State("deep", StateKind.DeepHistory).Always().Goto("x1");
        right.State("x").State("x1").On(Up).Goto("y");
        right.State("y").On(new Signal("done.state.left")).Goto("x1");
        both.On(Hook).Do(count => count[0]++).Handled().On(Scribbled)
            .Do((_, chart) => chart.Scribble("a line of some length")).Handled();
        both.On(Refused).When(_ => false).Goto("away").On(Down).Goto("away");
        c.State("away").On(Chosen).Goto(["before", "deep"]);
        both.On(Chosen).Goto("both");
    });

    private static Chart<int[]> Define() => Chart.Define<int[]>("mix", c =>
    {
        var outer = c.State("outer").Entry(count => count[0]++).Exit(count => count[0]++).Init("left");
        outer.On(Hook).Do(count => count[0]++).Handled();
        outer.On(Scribbled).Do((_, chart) => chart.Scribble("a line of some length")).Handled();
        outer.On(Chosen).GotoDynamic(_ => "left");
        outer.State("left").Entry(count => count[0]++).On(Up).Goto("deep").On(Refused).When(_ => false).Handled();
        var right = outer.State("right").Exit(count => count[0]++).On(Down).Goto("left");
        right.State("deep").Entry(count => count[0]++).Exit(count => count[0]++);
    });
}
