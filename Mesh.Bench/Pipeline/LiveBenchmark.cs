using System.Globalization;
using Mesh.Bench.Harness;
using Mesh.Bench.Processes;

namespace Mesh.Bench.Pipeline;

/// <summary>Charts that dispatch on a thread of their own, into a view in another process: nothing waits for the
/// view.</summary>
internal sealed class LiveBenchmark : IBenchmark
{
    private const int Charts = 200;
    private const int RoundCount = BenchContext.MinRounds;
    private const double Rate = 6.2e6;

    private static readonly TimeSpan RoundTime = TimeSpan.FromSeconds(2);

    public string Name => "live";

    public int Order => 21;

    public IEnumerable<BenchRow> Run(BenchContext context)
    {
        var settings = PublisherAndViewers.Want() with { Feed = FeedKind.Live, Charts = Charts };
        using var pipeline = PublisherAndViewers.Mesh(settings);
        context.Say($"live: {Charts} charts at 6.2 million steps a second for 10 s");
        _ = RunAt(pipeline, Rate, 1);
        pipeline.Settle();
        var missedBefore = pipeline.Missed;
        var paced = RunAt(pipeline, Rate, RoundCount);
        pipeline.Settle();
        yield return new BenchRow
        {
            What = $"{Charts} live charts, 10 s, into a view",
            Value = paced.Median() / 1e6,
            Unit = "M steps/s",
            Baseline = Rate / 1e6,
            BaselineName = "dispatched",
            Goals = [BenchGoal.AtLeast(6)],
            Samples = paced,
        };
        yield return new BenchRow
        {
            What = $"{Charts} live charts, 10 s: steps missed",
            Value = pipeline.Missed - missedBefore + pipeline.Unseen,
            Unit = "steps",
            Goals = [BenchGoal.AtMost(0)],
        };

        context.Say("live: as fast as they can");
        var (published, missed) = (pipeline.Counters.Published, pipeline.Missed);
        var unpaced = RunAt(pipeline, 0, RoundCount);
        var share = (pipeline.Missed - missed) / (double)(pipeline.Counters.Published - published);
        yield return new BenchRow
        {
            What = $"{Charts} live charts, as fast as they can, into a view",
            Value = unpaced.Median() / 1e6,
            Unit = "M steps/s",
            Samples = unpaced,
        };
        yield return new BenchRow
        {
            What = $"{Charts} live charts, as fast as they can: missed, and said so",
            Value = 100 * share,
            Unit = "%",
        };
    }

    private static double[] RunAt(PublisherAndViewers pipeline, double rate, int rounds)
    {
        pipeline.Ask(string.Create(CultureInfo.InvariantCulture, $"rate {rate:0}"));
        var rates = new double[rounds];
        for (var round = 0; round < rounds; round++)
        {
            rates[round] = pipeline.WatchSteps(RoundTime);
        }

        pipeline.Ask("stop");
        return rates;
    }
}
