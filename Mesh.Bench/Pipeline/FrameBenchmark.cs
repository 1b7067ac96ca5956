using System.Globalization;
using Mesh.Bench.Harness;
using Mesh.Bench.Processes;

namespace Mesh.Bench.Pipeline;

/// <summary>The way of a frame through two nodes, sealed and unsealed, beside plain ZeroMQ with messages of that
/// size.</summary>
internal sealed class FrameBenchmark : IBenchmark
{
    private const double GoalRatio = 0.7;

    private static readonly int[] SizesKib = [1, 4, 16, 48];
    private static readonly TimeSpan Duration = TimeSpan.FromMilliseconds(500);

    public string Name => "frames";

    public int Order => 22;

    public IEnumerable<BenchRow> Run(BenchContext context) => SizesKib.SelectMany(size => Compare(context, size));

    private static List<BenchRow> Compare(BenchContext context, int kib)
    {
        context.Say($"frames: {kib} KiB");
        var settings = PublisherAndViewers.Want() with { Feed = FeedKind.Frames, MessageBytes = kib * 1_024 };
        using var closed = PublisherAndViewers.Mesh(settings);
        using var open = PublisherAndViewers.Mesh(settings with { IsSealed = false });
        using var plain = PublisherAndViewers.Plain(settings);
        var times = Rounds.Run(
            BenchContext.MinRounds, () => Frames(closed), () => Frames(open), () => plain.Measure(Duration).PerSecond);
        var size = double.Parse(closed.Ask("size"), CultureInfo.InvariantCulture);
        context.Say(string.Create(CultureInfo.InvariantCulture, $"frames: of {size:0} bytes"));
        BenchGoal[] goals = kib >= 16 ? [BenchGoal.RatioAtLeast(GoalRatio)] : [];
        return
        [
            Row(kib, "unsealed", times[1], times[2]) with
            {
                Goals = goals, IsWorkRight = open.IsComplete && plain.IsComplete,
            },
            Row(kib, "sealed and signed", times[0], times[2]) with
            {
                Goals = goals, IsWorkRight = closed.IsComplete && plain.IsComplete,
            },
        ];
    }

    private static double Frames(PublisherAndViewers pipeline) =>
        pipeline.Measure(Duration).PerSecond / int.Parse(pipeline.Ask("steps"), CultureInfo.InvariantCulture);

    private static BenchRow Row(int kib, string what, double[] samples, double[] baseline) => new()
    {
        What = $"frames of {kib} KiB, {what}",
        Value = samples.Median(),
        Unit = "frames/s",
        Baseline = baseline.Median(),
        BaselineName = "ZeroMQ",
        Samples = samples,
    };
}
