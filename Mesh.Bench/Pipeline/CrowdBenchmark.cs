using Mesh.Bench.Harness;
using Mesh.Bench.Processes;

namespace Mesh.Bench.Pipeline;

/// <summary>What a step costs with many charts in a node, and with many viewers.</summary>
internal sealed class CrowdBenchmark : IBenchmark
{
    private static readonly int[] ChartCounts = [1, 10, 100, 1_000];
    private static readonly int[] ViewerCounts = [1, 2, 4, 8];
    private static readonly TimeSpan Duration = TimeSpan.FromMilliseconds(600);

    public string Name => "crowd";

    public int Order => 24;

    public IEnumerable<BenchRow> Run(BenchContext context)
    {
        foreach (var row in Compare(
            context, "charts", ChartCounts, count => PublisherAndViewers.Want() with { Charts = count }))
        {
            yield return row;
        }

        foreach (var row in Compare(
            context, "viewers", ViewerCounts, count => PublisherAndViewers.Want() with { Viewers = count }))
        {
            yield return row;
        }
    }

    private static List<BenchRow> Compare(
        BenchContext context, string what, int[] counts, Func<int, ChildSettings> settings)
    {
        context.Say($"crowd: {string.Join(", ", counts)} {what}");
        var pipelines = counts.Select(count => PublisherAndViewers.Mesh(settings(count))).ToList();
        try
        {
            var rates = counts.Select(_ => new List<PipelineRate>()).ToList();
            foreach (var pipeline in pipelines)
            {
                pipeline.Measure(Duration);
            }

            var contestants = pipelines.Select((pipeline, index) => (Func<double>)(() =>
            {
                rates[index].Add(pipeline.Measure(Duration));
                return rates[index][^1].PerSecond;
            }));
            _ = Rounds.Run(BenchContext.MinRounds, [.. contestants]);
            return [.. counts.SelectMany((count, index) => Rows(
                count == 1 ? $"1 {what[..^1]}" : $"{count} {what}",
                pipelines[index].IsWorkRight(),
                rates[index],
                rates[0],
                $"1 {what[..^1]}"))];
        }
        finally
        {
            pipelines.ForEach(pipeline => pipeline.Dispose());
        }
    }

    private static IEnumerable<BenchRow> Rows(
        string what, bool isRight, List<PipelineRate> rates, List<PipelineRate> ones, string baseline)
    {
        yield return Row($"{what}: steps into every view", "M steps/s", rate => rate.PerSecond / 1e6);
        yield return Row($"{what}: processor time of the publisher", "ns/step", rate => rate.PublisherNanoseconds);
        yield return Row($"{what}: processor time of a viewer", "ns/step", rate => rate.ViewerNanoseconds);

        BenchRow Row(string title, string unit, Func<PipelineRate, double> number) => new()
        {
            What = title,
            Value = rates.Select(number).Median(),
            Unit = unit,
            Baseline = rates == ones ? null : ones.Select(number).Median(),
            BaselineName = rates == ones ? string.Empty : baseline,
            Samples = [.. rates.Select(number)],
            IsWorkRight = isRight,
        };
    }
}
