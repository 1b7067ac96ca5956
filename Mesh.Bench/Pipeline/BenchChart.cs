using Mesh.Bench.Dispatch;
using Mesh.Statecharts;
using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Engine;
using Mesh.Statecharts.Hosting;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Bench.Pipeline;

/// <summary>A classic chart as a node sees it, with nothing around its machine: the benchmark drives it.</summary>
internal sealed class BenchChart : IHostedChart
{
    private static readonly Chart<ClassicCounter> Shared = ClassicChart.Define();
    private static readonly Event[] Walk =
        [.. ClassicChart.Walk.Select(signal => new Event(ClassicChart.Signals[signal]))];

    private readonly ChartMachine<ClassicCounter> _machine;

    /// <summary>Makes a chart that has not started.</summary>
    /// <param name="name">Its name.</param>
    public BenchChart(string name)
    {
        Name = name;
        Counter = new ClassicCounter();
        Ring = new StepRing();
        _machine = new ChartMachine<ClassicCounter>(Shared, Counter, Ring);
        Anchor = WallAnchor.Of(TimeProvider.System);
    }

    public event EventHandler? Faulted
    {
        add { }
        remove { }
    }

    public string Name { get; }

    /// <summary>What its handlers work on.</summary>
    public ClassicCounter Counter { get; }

    public StepRing Ring { get; }

    public ChartDefinition Definition => Shared.Definition;

    public ChartNames Names => _machine.Names;

    public WallAnchor Anchor { get; }

    public ChartStatus Status => _machine.Status;

    public Exception? Fault => _machine.Fault;

    public int QueuedCount => 0;

    public int DeferredCount => 0;

    public long DroppedCount => 0;

    public string StateName => _machine.StateName;

    public Event CurrentEvent => default;

    StepRing? IHostedChart.Ring => Ring;

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

    public Signal SignalOf(string name) => new(name);

    public bool IsIn(string state) => _machine.IsIn(state);

    public bool PostFifo(Event posted) => throw NoQueues();

    public bool PostLifo(Event posted) => throw NoQueues();

    public TimedPostId PostFifo(Event posted, PostTiming timing) => throw NoQueues();

    public TimedPostId PostLifo(Event posted, PostTiming timing) => throw NoQueues();

    public void CancelEvent(TimedPostId id) => throw NoQueues();

    public void CancelEvents(Signal signal) => throw NoQueues();

    public bool Defer(Event deferred) => throw NoQueues();

    public bool Recall() => throw NoQueues();

    public void Scribble(string text)
    {
        // Outside of a handler it is ignored.
    }

    public void Stop()
    {
        // The benchmark stops driving it.
    }

    private static NotSupportedException NoQueues() => new("the chart runs without queues");
}
