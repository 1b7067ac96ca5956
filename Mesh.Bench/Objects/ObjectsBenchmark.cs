using System.Diagnostics;
using Mesh.Bench.Dispatch;
using Mesh.Bench.Harness;
using Mesh.Statecharts;
using Mesh.Statecharts.Hosting;

namespace Mesh.Bench.Objects;

/// <summary>Ten thousand active objects in one process: what they hold, and how many events go through them, beside as
/// many switches that read channels.</summary>
internal sealed class ObjectsBenchmark : IBenchmark
{
    private const int Count = 10_000;
    private const int RoundCount = 7;
    private const int WarmUpRounds = 3;
    private const double Million = 1e6;
    private const double Megabyte = 1e6;

    // A few charts in a process may keep all that they can; ten thousand keep what shows what they just did.
    private static readonly HostOptions Many = new() { HistoryCapacity = 128 };

    public string Name => "objects";

    public int Order => 12;

    public IEnumerable<BenchRow> Run(BenchContext context)
    {
        context.Say("objects: 10,000 switches that read channels");
        var switches = OfSwitches();
        context.Say("objects: 10,000 active objects");
        var bare = OfObjects(new HostOptions { IsInstrumented = false });
        var many = OfObjects(Many);
        context.Say("objects: 10,000 active objects with full history");
        var full = OfObjects(new HostOptions());
        var goal = BenchGoal.AtMost(200);
        yield return Memory("started", many.StartBytes, switches.StartBytes, many) with { Goals = [goal] };
        yield return Memory("history of 128, after 210 events each", many.EndBytes, switches.EndBytes, many) with
        {
            Goals = [goal],
        };
        yield return Memory("history of 512, after 210 events each", full.EndBytes, switches.EndBytes, full);
        yield return Memory("spy off, after 210 events each", bare.EndBytes, switches.EndBytes, bare);
        yield return Rate("events through 10,000 active objects", many, switches);
        yield return Rate("events through 10,000 active objects, spy off", bare, switches);
    }

    private static BenchRow Memory(string what, long bytes, long baseline, Measured measured) => new()
    {
        What = "10,000 active objects, " + what,
        Value = bytes / Megabyte,
        Unit = "MB",
        Baseline = baseline / Megabyte,
        BaselineName = "switches and channels",
        IsWorkRight = measured.IsWorkRight,
    };

    private static BenchRow Rate(string what, Measured measured, Measured baseline) => new()
    {
        What = what,
        Value = measured.Rates.Median(),
        Unit = "M events/s",
        Baseline = baseline.Rates.Median(),
        BaselineName = "switches and channels",
        Goals = [BenchGoal.AtLeast(1)],
        Samples = measured.Rates,
        IsWorkRight = measured.IsWorkRight,
    };

    private static Measured OfObjects(HostOptions options)
    {
        var chart = ClassicChart.Define();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var objects = new ActiveObject<ClassicCounter>[Count];
        for (var index = 0; index < Count; index++)
        {
            objects[index] = new ActiveObject<ClassicCounter>(
                chart, new ClassicCounter(), TimeProvider.System, options with { Name = "classic" });
            objects[index].Start();
        }

        WaitForAll(objects);
        var start = GC.GetTotalMemory(forceFullCollection: true) - before;
        Event[] events = [.. ClassicChart.Walk.Select(signal => new Event(ClassicChart.Signals[signal]))];
        var rates = Measure(() =>
        {
            foreach (var posted in events)
            {
                foreach (var each in objects)
                {
                    each.PostFifo(posted);
                }
            }

            WaitForAll(objects);
        });
        var end = GC.GetTotalMemory(forceFullCollection: true) - before;
        var isRight = Array.TrueForAll(objects, each => each.Context.Sum == ExpectedSum()
            && each is { DroppedCount: 0, Status: ChartStatus.Running });
        GC.KeepAlive(objects);
        return new Measured(start, end, rates, isRight);
    }

    private static Measured OfSwitches()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var end = new RoundEnd();
        var loops = new SwitchLoop[Count];
        for (var index = 0; index < Count; index++)
        {
            loops[index] = new SwitchLoop(end);
        }

        var start = GC.GetTotalMemory(forceFullCollection: true) - before;
        var rates = Measure(() =>
        {
            var round = end.Begin(Count);
            foreach (var signal in ClassicChart.Walk)
            {
                foreach (var loop in loops)
                {
                    loop.Post(signal);
                }
            }

            Array.ForEach(loops, loop => loop.PostEnd());
            round.Wait();
        });
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        Array.ForEach(loops, loop => loop.Close());
        Task.WaitAll(loops.Select(loop => loop.Loop));
        return new Measured(start, bytes, rates, Array.TrueForAll(loops, loop => loop.Sum == ExpectedSum()));
    }

    private static void WaitForAll(ActiveObject<ClassicCounter>[] objects)
    {
        foreach (var each in objects)
        {
            var idle = each.WhenIdleAsync();
            if (!idle.IsCompleted)
            {
                idle.Wait();
            }
        }
    }

    // Time that passes, not that of a thread: posting and running share the cores.
    private static double[] Measure(Action round)
    {
        var rates = new double[RoundCount];
        for (var count = -WarmUpRounds; count < RoundCount; count++)
        {
            var begin = Stopwatch.GetTimestamp();
            round();
            var seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
            if (count >= 0)
            {
                rates[count] = Count * ClassicChart.Walk.Length / seconds / Million;
            }
        }

        return rates;
    }

    private static long ExpectedSum()
    {
        var counter = new ClassicCounter();
        var chart = new ClassicSwitch(counter);
        chart.Start();
        for (var round = 0; round < RoundCount + WarmUpRounds; round++)
        {
            Array.ForEach(ClassicChart.Walk, chart.Dispatch);
        }

        return counter.Sum;
    }

    private sealed record Measured(long StartBytes, long EndBytes, double[] Rates, bool IsWorkRight);
}
