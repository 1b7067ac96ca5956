using Mesh.Bench.Harness;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Bench.Dispatch;

/// <summary>What an event costs: the classic chart against a hand-written switch, spy off and on, in one run.</summary>
internal sealed class DispatchBenchmark : IBenchmark
{
    private const int RoundCount = 41;
    private const int WalksPerRound = 5_000;
    private const int WarmUpWalks = 20_000;

    private static readonly int[] Ignored = [.. Enumerable.Repeat(9, ClassicChart.Walk.Length)];
    private static readonly int[] Hooks = [.. Enumerable.Repeat(8, ClassicChart.Walk.Length)];

    public string Name => "dispatch";

    public int Order => 10;

    public IEnumerable<BenchRow> Run(BenchContext context)
    {
        foreach (var row in CompareAll(context, "classic walk", ClassicChart.Walk, [BenchGoal.AtMost(20)], 10))
        {
            yield return row;
        }

        foreach (var row in CompareAll(context, "ignored event", Ignored, [], null))
        {
            yield return row;
        }

        foreach (var row in CompareAll(context, "hook", Hooks, [], null))
        {
            yield return row;
        }

        yield return Allocation(context);
    }

    private static IEnumerable<BenchRow> CompareAll(
        BenchContext context, string title, int[] walk, BenchGoal[] goals, double? spyGoal)
    {
        context.Say($"dispatch: {title}");
        IReadOnlyList<DispatchContestant> contestants =
        [
            DispatchContestant.OfSwitch(walk),
            DispatchContestant.OfMachine(walk, null, false),
            DispatchContestant.OfMachine(walk, new StepRing(), false),
            DispatchContestant.OfMachine(walk, new StepRing(), true),
        ];
        Settle(contestants);
        var times = Rounds.Run(
            RoundCount, [.. contestants.Select<DispatchContestant, Func<double>>(one => () => Measure(one, walk))]);
        var isRight = contestants.All(one => one.Sum == contestants[0].Sum);
        var (byHand, off, on, stamped) = (times[0], times[1], times[2], times[3]);
        return
        [
            Row($"dispatch, {title}, spy off", off, byHand, "switch by hand") with
            {
                Goals = goals, IsWorkRight = isRight,
            },
            Row($"dispatch, {title}, spy on adds", Rounds.Differences(on, off), off, "spy off") with
            {
                Goals = spyGoal is { } limit ? [BenchGoal.AtMost(limit)] : [], IsWorkRight = isRight,
            },
            Row($"dispatch, {title}, spy on with clock", stamped, byHand, "switch by hand") with
            {
                IsWorkRight = isRight,
            },
        ];
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

    private static BenchRow Allocation(BenchContext context)
    {
        context.Say("dispatch: allocation");
        var contestant = DispatchContestant.OfMachine(ClassicChart.Walk, new StepRing(), true);
        contestant.Run(WarmUpWalks);
        var before = GC.GetAllocatedBytesForCurrentThread();
        contestant.Run(1_000);
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        return new BenchRow
        {
            What = "dispatch, spy on, bytes allocated in 21,000 events",
            Value = bytes,
            Unit = "bytes",
            Goals = [BenchGoal.AtMost(0)],
        };
    }

    private static double Measure(DispatchContestant contestant, int[] walk)
    {
        var time = ThreadClock.Measure(() => contestant.Run(WalksPerRound));
        return time / ((double)WalksPerRound * walk.Length);
    }

    // The compiler works in the background: warm up, let it finish, warm up what it made.
    private static void Settle(IReadOnlyList<DispatchContestant> contestants)
    {
        for (var time = 0; time < 4; time++)
        {
            foreach (var contestant in contestants)
            {
                contestant.Run(WarmUpWalks);
            }

            Thread.Sleep(200);
        }
    }
}
