using System.Diagnostics;
using Mesh.Bench.Harness;
using Mesh.Bench.Processes;

namespace Mesh.Bench.Programs;

/// <summary>What <c>meshnode up</c> costs a machine: until it is ready, and while nothing happens.</summary>
internal sealed class NodeBenchmark : IBenchmark
{
    private const int BytesPerMegabyte = 1_000_000;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(10);

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

        context.Say("node: idle for 10 s");
        using var node = new MeshnodeUp();
        using var empty = StartEmpty();
        Thread.Sleep(Rest);
        var (nodeTime, emptyTime) = (node.Process.TotalProcessorTime, empty.ProcessorTime);
        Thread.Sleep(IdleTime);
        node.Process.Refresh();
        yield return new BenchRow
        {
            What = "meshnode up with a chart, idle, processor",
            Value = 100 * (node.Process.TotalProcessorTime - nodeTime) / IdleTime,
            Unit = "% of a core",
            Baseline = 100 * (empty.ProcessorTime - emptyTime) / IdleTime,
            BaselineName = "empty .NET program",
            Goals = [BenchGoal.AtMost(1)],
        };
        yield return new BenchRow
        {
            What = "meshnode up with a chart, idle, memory",
            Value = node.Process.WorkingSet64 / (double)BytesPerMegabyte,
            Unit = "MB",
            Baseline = MemoryOf(empty) / BytesPerMegabyte,
            BaselineName = "empty .NET program",
            Goals = [BenchGoal.AtMost(60)],
        };
    }

    private static double MeasureEmptyStart()
    {
        var begin = Stopwatch.GetTimestamp();
        using var empty = StartEmpty();
        return Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
    }

    private static ChildProcess StartEmpty() => new(
        nameof(EmptyProgram), new ChildSettings { Folder = string.Empty, Counters = string.Empty });

    private static double MemoryOf(ChildProcess child)
    {
        using var process = Process.GetProcessById(child.Id);
        return process.WorkingSet64;
    }
}
