using System.Diagnostics;
using Mesh.Statecharts;
using Mesh.Statecharts.Engine;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Bench.Dispatch;

/// <summary>Something that runs a walk of events through the classic chart, and a sum that proves it.</summary>
internal sealed class DispatchContestant
{
    private readonly ClassicCounter _counter;
    private readonly Action _walk;

    private DispatchContestant(ClassicCounter counter, Action walk)
    {
        _counter = counter;
        _walk = walk;
    }

    /// <summary>The sum of the work so far.</summary>
    public long Sum => _counter.Sum;

    /// <summary>The chart written by hand.</summary>
    public static DispatchContestant OfSwitch(int[] walk)
    {
        var counter = new ClassicCounter();
        var chart = new ClassicSwitch(counter);
        chart.Start();
        return new DispatchContestant(counter, () => Walk(chart, walk));
    }

    /// <summary>The chart on the engine.</summary>
    /// <param name="walk">The signals by their numbers.</param>
    /// <param name="ring">Where steps are recorded; null to record nothing.</param>
    /// <param name="readsClock">Whether each step takes the time.</param>
    public static DispatchContestant OfMachine(int[] walk, StepRing? ring, bool readsClock)
    {
        var counter = new ClassicCounter();
        var machine = new ChartMachine<ClassicCounter>(ClassicChart.Define(), counter, ring);
        machine.Start(null, 0);
        Event[] events = [.. walk.Select(signal => new Event(ClassicChart.Signals[signal]))];
        return new DispatchContestant(
            counter, readsClock ? () => WalkStamped(machine, events) : () => Walk(machine, events));
    }

    /// <summary>Runs the walk.</summary>
    /// <param name="times">How often.</param>
    public void Run(int times)
    {
        for (var count = 0; count < times; count++)
        {
            _walk();
        }
    }

    private static void Walk(ClassicSwitch chart, int[] signals)
    {
        foreach (var signal in signals)
        {
            chart.Dispatch(signal);
        }
    }

    private static void Walk(ChartMachine<ClassicCounter> machine, Event[] events)
    {
        foreach (var dispatched in events)
        {
            machine.Dispatch(dispatched, 0);
        }
    }

    private static void WalkStamped(ChartMachine<ClassicCounter> machine, Event[] events)
    {
        foreach (var dispatched in events)
        {
            machine.Dispatch(dispatched, Stopwatch.GetTimestamp());
        }
    }
}
