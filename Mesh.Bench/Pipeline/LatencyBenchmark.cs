using System.Diagnostics;
using System.Globalization;
using Mesh.Bench.Harness;
using Mesh.Bench.Processes;

namespace Mesh.Bench.Pipeline;

/// <summary>From a step to the view of another process, with nothing else to do, beside a bare message of
/// ZeroMQ.</summary>
internal sealed class LatencyBenchmark : IBenchmark
{
    private const int BeatsPerRound = 150;
    private const int PeriodMs = 5;

    // A sealed frame of one step has this size.
    private const int FrameBytes = 200;

    public string Name => "latency";

    public int Order => 23;

    public IEnumerable<BenchRow> Run(BenchContext context)
    {
        context.Say("latency: a step into a view, a message from socket to socket");
        var settings = PublisherAndViewers.Want() with { Feed = FeedKind.Beats, MessageBytes = FrameBytes };
        using var mesh = PublisherAndViewers.Mesh(settings);
        using var plain = PublisherAndViewers.Plain(settings);
        var (meshTimes, plainTimes) = (new List<double>(), new List<double>());
        _ = Beat(mesh, []);
        _ = Beat(plain, []);
        var medians = Rounds.Run(
            BenchContext.MinRounds + 2, () => Beat(mesh, meshTimes), () => Beat(plain, plainTimes));
        yield return new BenchRow
        {
            What = "step to view, p50",
            Value = medians[0].Median(),
            Unit = "us",
            Baseline = medians[1].Median(),
            BaselineName = "ZeroMQ one way",
            Goals = [BenchGoal.RatioAtMost(5)],
            Samples = medians[0],
            IsWorkRight = mesh.IsWorkRight(),
        };
        yield return new BenchRow
        {
            What = "step to view, p99",
            Value = meshTimes.Quantile(0.99),
            Unit = "us",
            Baseline = plainTimes.Quantile(0.99),
            BaselineName = "ZeroMQ one way",
            Goals = [BenchGoal.AtMost(5_000)],
            Samples = meshTimes,
        };
    }

    private static double Beat(PublisherAndViewers pipeline, List<double> all)
    {
        var answer = pipeline.Ask(string.Create(CultureInfo.InvariantCulture, $"beat {BeatsPerRound} {PeriodMs}"));
        var first = long.Parse(answer, CultureInfo.InvariantCulture);
        Thread.Sleep(20 * PeriodMs);
        var times = new List<double>();
        for (var number = first; number < first + BeatsPerRound; number++)
        {
            var (sent, arrived) = pipeline.Counters.Stamps(number);

            // One that did not arrive takes for ever.
            times.Add(arrived < sent
                ? double.PositiveInfinity
                : Stopwatch.GetElapsedTime(sent, arrived).TotalMicroseconds);
        }

        all.AddRange(times);
        return times.Median();
    }
}
