using System.Diagnostics;
using System.Globalization;
using Mesh.Statecharts;
using Mesh.Statecharts.Engine;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Bench;

/// <summary>What an event costs: the classic chart against a hand-written switch, spy off and on, in one run.</summary>
/// <remarks>
/// The contestants take turns, forth and back, so that a change of the machine's speed hits all of them; best and
/// median of
/// the rounds are told, and sums prove that all did the same work.
/// </remarks>
internal static class DispatchBench
{
    private const int Rounds = 61;
    private const int WalksPerRound = 10_000;
    private const int WarmUpWalks = 20_000;

    private static readonly int[] Ignored = [.. Enumerable.Repeat(9, ClassicChart.Walk.Length)];
    private static readonly int[] Hooks = [.. Enumerable.Repeat(8, ClassicChart.Walk.Length)];

    public static int Run()
    {
        Compare("the classic walk of 21 events", ClassicChart.Walk);
        Compare("an event that nobody catches, asked four levels up", Ignored);
        Compare("an event that is handled where it is", Hooks);
        return 0;
    }

    private static void Compare(string title, int[] walk)
    {
        var contestants = new List<(string Name, Func<int[], int, long> Run)>
        {
            ("hand-written switch", MakeSwitch()),
            ("spy off", MakeMachine(null, false)),
            ("spy on, no clock", MakeMachine(new StepRing(), false)),
            ("spy on, a clock reading a step", MakeMachine(new StepRing(), true)),
        };
        var times = contestants.Select(_ => new List<double>()).ToList();
        var sums = Settle(contestants, walk);
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var index in Order(round, contestants.Count))
            {
                var begin = Stopwatch.GetTimestamp();
                sums[index] = contestants[index].Run(walk, WalksPerRound);
                var nanoseconds = Stopwatch.GetElapsedTime(begin).TotalNanoseconds;
                times[index].Add(nanoseconds / ((double)WalksPerRound * walk.Length));
            }
        }

        Console.WriteLine(title);
        for (var index = 0; index < contestants.Count; index++)
        {
            var sorted = times[index].Order().ToList();
            var (best, median) = (sorted[0], sorted[Rounds / 2]);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {contestants[index].Name,-32} best {best,6:F1}   median {median,6:F1} ns an event"));
        }

        Console.WriteLine(sums.Distinct().Count() == 1 ? "  all did the same work" : "  THE SUMS DIFFER");
    }

    // The compiler works in the background: warm up, let it finish, warm up what it made.
    private static List<long> Settle(List<(string Name, Func<int[], int, long> Run)> contestants, int[] walk)
    {
        List<long> sums = [];
        for (var time = 0; time < 3; time++)
        {
            sums = [.. contestants.Select(contestant => contestant.Run(walk, WarmUpWalks))];
            Thread.Sleep(300);
        }

        return sums;
    }

    private static IEnumerable<int> Order(int round, int count)
    {
        var order = Enumerable.Range(0, count);
        return round % 2 == 0 ? order : order.Reverse();
    }

    private static Func<int[], int, long> MakeSwitch()
    {
        var counter = new ClassicCounter();
        var chart = new ClassicSwitch(counter);
        chart.Start();
        return (walk, times) =>
        {
            for (var count = 0; count < times; count++)
            {
                DispatchAll(chart, walk);
            }

            return counter.Sum;
        };
    }

    private static void DispatchAll(ClassicSwitch chart, int[] signals)
    {
        foreach (var signal in signals)
        {
            chart.Dispatch(signal);
        }
    }

    private static Func<int[], int, long> MakeMachine(StepRing? ring, bool readsClock)
    {
        var counter = new ClassicCounter();
        var machine = new ChartMachine<ClassicCounter>(ClassicChart.Define(), counter, ring);
        machine.Start(null, 0);
        return (walk, times) =>
        {
            Event[] events = [.. walk.Select(signal => new Event(ClassicChart.Signals[signal]))];
            for (var count = 0; count < times; count++)
            {
                DispatchAll(machine, events, readsClock);
            }

            return counter.Sum;
        };
    }

    private static void DispatchAll(ChartMachine<ClassicCounter> machine, Event[] events, bool readsClock)
    {
        foreach (var dispatched in events)
        {
            machine.Dispatch(dispatched, readsClock ? Stopwatch.GetTimestamp() : 0);
        }
    }
}
