using Mesh.Bench.Harness;
using Mesh.Statecharts;
using Mesh.Statecharts.Engine;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Bench.Dispatch;

/// <summary>What an event costs in a chart of three parallel regions, beside the same chart written by hand.</summary>
internal sealed class RegionsBenchmark : IBenchmark
{
    private const int RoundCount = 41;
    private const int WalksPerRound = 3_000;
    private const int WarmUpWalks = 10_000;

    public string Name => "dispatch";

    public int Order => 10;

    public IEnumerable<BenchRow> Run(BenchContext context)
    {
        context.Say("dispatch: three regions");
        var (byHand, off, on) = (new ClassicCounter(), new ClassicCounter(), new ClassicCounter());
        var walks = new[] { OfSwitch(byHand), OfMachine(off, null), OfMachine(on, new StepRing()) };
        for (var time = 0; time < 4; time++)
        {
            Array.ForEach(walks, walk => Repeat(walk, WarmUpWalks));
            Thread.Sleep(200);
        }

        var times = Rounds.Run(RoundCount, [.. walks.Select<Action, Func<double>>(walk => () => Measure(walk))]);
        var isRight = off.Sum == byHand.Sum && on.Sum == byHand.Sum;
        var row = Row("dispatch, three regions, spy off", times[1], times[0], "switch by hand");
        yield return row with { Goals = [BenchGoal.AtMost(150)], IsWorkRight = isRight };
        var added = Rounds.Differences(times[2], times[1]);
        yield return Row("dispatch, three regions, spy on adds", added, times[1], "spy off");
        yield return Allocation(walks[1], walks[2]);
    }

    private static BenchRow Row(string what, double[] samples, double[] baseline, string baselineName) => new()
    {
        What = what,
        Value = samples.Median(),
        Unit = "ns/event",
        Baseline = baseline.Median(),
        BaselineName = baselineName,
        Samples = samples,
    };

    private static BenchRow Allocation(Action off, Action on)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Repeat(off, 1_000);
        Repeat(on, 1_000);
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        return new BenchRow
        {
            What = "dispatch, three regions, spy off and on, bytes allocated in 40,000 events",
            Value = bytes,
            Unit = "bytes",
            Goals = [BenchGoal.AtMost(0)],
        };
    }

    private static double Measure(Action walk) =>
        ThreadClock.Measure(() => Repeat(walk, WalksPerRound)) / ((double)WalksPerRound * RegionsChart.Walk.Length);

    private static void Repeat(Action walk, int times)
    {
        for (var count = 0; count < times; count++)
        {
            walk();
        }
    }

    private static Action OfSwitch(ClassicCounter counter)
    {
        var chart = new RegionsSwitch(counter);
        chart.Start();
        return () =>
        {
            foreach (var signal in RegionsChart.Walk)
            {
                chart.Dispatch(signal);
            }
        };
    }

    private static Action OfMachine(ClassicCounter counter, StepRing? ring)
    {
        var machine = new ScxmlMachine<ClassicCounter>(RegionsChart.Define(), counter, ring);
        machine.Start(null, 0);
        Event[] events = [.. RegionsChart.Walk.Select(signal => new Event(RegionsChart.Signals[signal]))];
        return () =>
        {
            foreach (var dispatched in events)
            {
                machine.Dispatch(dispatched, 0);
            }
        };
    }
}
