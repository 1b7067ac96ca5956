using Mesh.Bench.Harness;
using Mesh.Core.Wire;

namespace Mesh.Bench.Pipeline;

/// <summary>Recorded steps from one process into a view in another: sealed, unsealed, and plain ZeroMQ.</summary>
internal sealed class SealedBenchmark : IBenchmark
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(1);

    public string Name => "sealed";

    public int Order => 20;

    public IEnumerable<BenchRow> Run(BenchContext context)
    {
        context.Say("sealed: recorded steps, sealed, unsealed, plain ZeroMQ");
        using var closed = PublisherAndViewers.Mesh(PublisherAndViewers.Want());
        using var open = PublisherAndViewers.Mesh(PublisherAndViewers.Want() with { IsSealed = false });
        using var plain = PublisherAndViewers.Plain(
            PublisherAndViewers.Want() with { MessageBytes = WireLimits.FlushFramePlaintextBytes });
        foreach (var one in (PublisherAndViewers[])[closed, open, plain])
        {
            one.Measure(Duration);
        }

        var rates = new List<PipelineRate>();
        var times = Rounds.Run(BenchContext.MinRounds + 2, () => Note(closed), () => open.Measure(Duration).PerSecond,
            () => plain.Measure(Duration).PerSecond);
        var bytes = double.Parse(closed.Ask("bytes"), System.Globalization.CultureInfo.InvariantCulture);
        var stepsPerFrame = WireLimits.FlushFramePlaintextBytes / bytes;
        var isRight = closed.IsWorkRight() && open.IsWorkRight();
        context.Say($"sealed: viewer {closed.AskViewer("counters")}");
        yield return new BenchRow
        {
            What = "recorded steps, sealed and signed",
            Value = times[0].Median() / 1e6,
            Unit = "M steps/s",
            Baseline = times[1].Median() / 1e6,
            BaselineName = "unsealed",
            Goals = [BenchGoal.AtLeast(10), BenchGoal.RatioAtLeast(0.8)],
            Samples = times[0],
            IsWorkRight = isRight,
        };
        yield return new BenchRow
        {
            What = "recorded steps, sealed and signed",
            Value = times[0].Median() / 1e6,
            Unit = "M steps/s",
            Baseline = times[2].Median() * stepsPerFrame / 1e6,
            BaselineName = "ZeroMQ, same frames",
            Samples = times[0],
            IsWorkRight = isRight && plain.IsComplete,
        };
        yield return Cost("publisher", rates.Select(rate => rate.PublisherNanoseconds));
        yield return Cost("viewer", rates.Select(rate => rate.ViewerNanoseconds));
        yield return new BenchRow
        {
            What = "bytes a step in full frames",
            Value = bytes,
            Unit = "bytes",
            Goals = [BenchGoal.AtMost(12)],
        };

        double Note(PublisherAndViewers pipeline)
        {
            rates.Add(pipeline.Measure(Duration));
            return rates[^1].PerSecond;
        }
    }

    private static BenchRow Cost(string who, IEnumerable<double> samples) => new()
    {
        What = $"recorded steps, sealed: processor time of the {who}",
        Value = samples.Median(),
        Unit = "ns/step",
        Samples = [.. samples],
    };
}
