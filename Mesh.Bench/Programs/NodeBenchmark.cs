using System.Diagnostics;
using Mesh.Bench.Harness;
using Mesh.Bench.Processes;

namespace Mesh.Bench.Programs;

/// <summary>What <c>meshnode up</c> costs a machine: until it is ready, and while nothing happens.</summary>
internal sealed class NodeBenchmark : IBenchmark
{
    private const int BytesPerMegabyte = 1_000_000;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(5);

    public string Name => "node";

    public int Order => 30;

    public IEnumerable<BenchRow> Run(BenchContext context)
    {
        context.Say("node: start-up of meshnode up, and of an empty program");
        _ = MeshnodeUp.MeasureStart();
        _ = MeasureEmptyStart();
        var starts = Rounds.Run(BenchContext.MinRounds + 2, MeshnodeUp.MeasureStart, MeasureEmptyStart);
        yield return new BenchRow
        {
            What = "meshnode up, until ready",
            Value = starts[0].Median(),
            Unit = "ms",
            Baseline = starts[1].Median(),
            BaselineName = "empty .NET program",
            Goals = [BenchGoal.AtMost(1_000)],
            Samples = starts[0],
        };

        context.Say($"node: idle, {BenchContext.MinRounds} times {Window.TotalSeconds} s");
        foreach (var row in MeasureIdle())
        {
            yield return row;
        }
    }

    private static BenchRow[] MeasureIdle()
    {
        using var node = new MeshnodeUp();
        using var empty = StartEmpty();
        using var emptyProcess = Process.GetProcessById(empty.Id);
        Thread.Sleep(Rest);
        var times = (Node: new List<double>(), Empty: new List<double>());
        var sizes = (Node: new List<double>(), Empty: new List<double>());
        for (var round = 0; round < BenchContext.MinRounds; round++)
        {
            var (nodeTime, emptyTime) = (node.Process.TotalProcessorTime, empty.ProcessorTime);
            Thread.Sleep(Window);
            node.Process.Refresh();
            emptyProcess.Refresh();
            times.Node.Add(100 * (node.Process.TotalProcessorTime - nodeTime) / Window);
            times.Empty.Add(100 * (empty.ProcessorTime - emptyTime) / Window);
            sizes.Node.Add(node.Process.WorkingSet64 / (double)BytesPerMegabyte);
            sizes.Empty.Add(emptyProcess.WorkingSet64 / (double)BytesPerMegabyte);
        }

        return
        [
            IdleRow("processor", "% of a core", times.Node, times.Empty, 1),
            IdleRow("memory", "MB", sizes.Node, sizes.Empty, 60),
        ];
    }

    private static BenchRow IdleRow(string what, string unit, List<double> node, List<double> empty, double goal) =>
        new()
        {
            What = $"meshnode up with a chart, idle, {what}",
            Value = node.ToArray().Median(),
            Unit = unit,
            Baseline = empty.ToArray().Median(),
            BaselineName = "empty .NET program",
            Goals = [BenchGoal.AtMost(goal)],
            Samples = [.. node],
        };

    private static double MeasureEmptyStart()
    {
        var begin = Stopwatch.GetTimestamp();
        using var empty = StartEmpty();
        return Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
    }

    private static ChildProcess StartEmpty() => new(
        nameof(EmptyProgram), new ChildSettings { Folder = string.Empty, Counters = string.Empty });
}
