using Mesh.Bench.Harness;
using Mesh.Statecharts;
using Mesh.Statecharts.Engine;

namespace Mesh.Bench.Dispatch;

/// <summary>Whether an event costs more in a chart of 200 states than in one of 20.</summary>
internal sealed class ScaleBenchmark : IBenchmark
{
    private const int RoundCount = 41;
    private const int Events = 100_000;

    private static readonly Signal Next = new("Next");
    private static readonly Signal Group = new("Group");

    public string Name => "scale";

    public int Order => 11;

    public IEnumerable<BenchRow> Run(BenchContext context)
    {
        context.Say("scale: 20 and 200 states");
        var (small, large) = (new ClassicCounter(), new ClassicCounter());
        var contestants = new[] { MakeRun(20, small), MakeRun(200, large) };
        for (var time = 0; time < 3; time++)
        {
            contestants[0]();
            contestants[1]();
            Thread.Sleep(200);
        }

        var times = Rounds.Run(RoundCount, contestants);
        yield return new BenchRow
        {
            What = "dispatch, chart of 200 states",
            Value = times[1].Median(),
            Unit = "ns/event",
            Baseline = times[0].Median(),
            BaselineName = "20 states",
            Goals = [BenchGoal.RatioAtMost(1.3)],
            Samples = times[1],
            IsWorkRight = small.Sum == large.Sum,
        };
    }

    private static Func<double> MakeRun(int states, ClassicCounter counter)
    {
        var machine = new ChartMachine<ClassicCounter>(Define(states), counter);
        machine.Start(null, 0);
        Event[] events = [new(Next), new(Next), new(Next), new(Group)];
        return () => ThreadClock.Measure(() =>
        {
            for (var count = 0; count < Events; count += events.Length)
            {
                foreach (var dispatched in events)
                {
                    machine.Dispatch(dispatched, 0);
                }
            }
        }) / Events;
    }

    // Groups of four leaves in a row around the chart: "Next" goes to the next leaf, "Group" is caught by the group.
    private static Chart<ClassicCounter> Define(int states) => Chart.Define<ClassicCounter>($"scale{states}", chart =>
    {
        var groups = states / 5;
        chart.Start("l0");
        var all = chart.State("all").Entry(counter => counter.Sum++);
        for (var group = 0; group < groups; group++)
        {
            var around = all.State($"g{group}").Entry(counter => counter.Sum += 2).Exit(counter => counter.Sum += 3);
            around.On(Group).Goto($"l{(group + 1) % groups * 4}");
            for (var leaf = 4 * group; leaf < 4 * (group + 1); leaf++)
            {
                around.State($"l{leaf}").Entry(counter => counter.Sum += 5).Exit(counter => counter.Sum += 7)
                    .On(Next).Goto($"l{(leaf + 1) % (4 * groups)}");
            }
        }
    });
}
