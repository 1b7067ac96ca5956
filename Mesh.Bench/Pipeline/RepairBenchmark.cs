using Mesh.Bench.Harness;

namespace Mesh.Bench.Pipeline;

/// <summary>One published frame in twenty is lost: the view fetches it, and the publisher hardly notices.</summary>
internal sealed class RepairBenchmark : IBenchmark
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(1.5);

    public string Name => "repair";

    public int Order => 25;

    public IEnumerable<BenchRow> Run(BenchContext context)
    {
        context.Say("repair: 5 % of the published frames lost, and none");
        using var lossy = PublisherAndViewers.Mesh(PublisherAndViewers.Want() with { LossPercent = 5 });
        using var whole = PublisherAndViewers.Mesh(PublisherAndViewers.Want());
        lossy.Measure(Duration);
        whole.Measure(Duration);
        var times = Rounds.Run(
            BenchContext.MinRounds, () => lossy.Measure(Duration).PerSecond, () => whole.Measure(Duration).PerSecond);
        context.Say($"repair: viewer {lossy.AskViewer("counters")}");
        yield return new BenchRow
        {
            What = "recorded steps, 5 % of the frames lost and repaired",
            Value = times[0].Median() / 1e6,
            Unit = "M steps/s",
            Baseline = times[1].Median() / 1e6,
            BaselineName = "no loss",
            Goals = [BenchGoal.RatioAtLeast(0.9)],
            Samples = times[0],
            IsWorkRight = lossy.IsWorkRight() && whole.IsWorkRight(),
        };
    }
}
