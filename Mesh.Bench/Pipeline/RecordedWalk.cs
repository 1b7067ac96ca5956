using Mesh.Statecharts.Instrumentation;

namespace Mesh.Bench.Pipeline;

/// <summary>The steps of the classic walk, recorded once, as they lie in a ring; they end where they begin.</summary>
internal static class RecordedWalk
{
    private const int MaxWalks = 8;

    /// <summary>The start.</summary>
    public static PackedStep Start { get; } = Record(0, 1)[0];

    /// <summary>What is repeated after it.</summary>
    public static PackedStep[] Steps { get; } = RecordPeriod();

    /// <summary>Which of them are lines of the trace.</summary>
    public static bool[] IsTraced { get; } = [.. Steps.Select(step => step.Unpack(0).IsTraced)];

    // Whole walks until the chart is back where the walk began, its flag included.
    private static PackedStep[] RecordPeriod()
    {
        var chart = new BenchChart("recorded");
        chart.Start();
        chart.RunWalk(0);
        var (state, flag, first) = (chart.StateName, chart.Counter.Foo, (int)chart.Ring.Head);
        for (var walks = 0; walks < MaxWalks; walks++)
        {
            chart.RunWalk(0);
            if (chart.StateName == state && chart.Counter.Foo == flag)
            {
                return Read(chart.Ring, first, (int)chart.Ring.Head - first);
            }
        }

        throw new InvalidOperationException("the walk does not come back");
    }

    private static PackedStep[] Record(int first, int count)
    {
        var chart = new BenchChart("recorded");
        chart.Start();
        return Read(chart.Ring, first, count);
    }

    private static PackedStep[] Read(StepRing ring, int first, int count)
    {
        var steps = new PackedStep[count];
        var notes = new byte[NoteWriter.MaxBytes];
        var next = (ulong)first;
        for (var index = 0; index < count; index++)
        {
            if (ring.TryRead(ref next, out var record, notes, out _, out _) != StepReadResult.Read)
            {
                throw new InvalidOperationException("the ring is smaller than the walk");
            }

            steps[index].Pack(record);
        }

        return steps;
    }
}
