using Mesh.Bench.Dispatch;
using Mesh.Statecharts;
using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Engine;
using Mesh.Statecharts.Hosting;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Bench.Pipeline;

/// <summary>A classic chart that a node publishes and a benchmark drives: a machine without queues that records into
/// the ring of a host.</summary>
internal sealed class BenchChart
{
    private static readonly Chart<ClassicCounter> Shared = ClassicChart.Define();
    private static readonly Event[] Walk =
        [.. ClassicChart.Walk.Select(signal => new Event(ClassicChart.Signals[signal]))];

    private readonly ChartMachine<ClassicCounter> _machine;

    /// <summary>Makes a chart that has not started.</summary>
    /// <param name="name">Its name.</param>
    public BenchChart(string name)
    {
        var options = new HostOptions { Name = name, HasQueues = false };
        Face = new ChartHost<ClassicCounter>(Shared, Counter, TimeProvider.System, options);
        _machine = new ChartMachine<ClassicCounter>(Shared, Counter, Ring);
    }

    /// <summary>What the node publishes.</summary>
    public IHostedChart Face { get; }

    /// <summary>What its handlers work on.</summary>
    public ClassicCounter Counter { get; } = new();

    /// <summary>Its steps.</summary>
    public StepRing Ring => Face.Ring!;

    /// <summary>What it is.</summary>
    public ChartDefinition Definition => Face.Definition;

    /// <summary>The settled state.</summary>
    public string StateName => _machine.StateName;

    /// <summary>Starts it.</summary>
    public void Start() => _machine.Start(null, TimeProvider.System.GetTimestamp());

    /// <summary>Runs one walk, with one stamp for all of it.</summary>
    /// <returns>How many steps that were.</returns>
    public int RunWalk(long timestamp)
    {
        foreach (var dispatched in Walk)
        {
            _machine.Dispatch(dispatched, timestamp);
        }

        return Walk.Length;
    }

    /// <summary>Runs one event.</summary>
    /// <param name="number">Its place in the endless walk.</param>
    /// <param name="timestamp">When it is.</param>
    public void RunStep(long number, long timestamp) => _machine.Dispatch(Walk[number % Walk.Length], timestamp);
}
