using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Instrumentation;
using Mesh.Statecharts.Snapshots;

namespace Mesh.Statecharts.Engine;

/// <content>What a snapshot tells of the machine, and the way back.</content>
public sealed partial class ChartMachine<TContext>
{
    IReadOnlyList<int> IChartMachine.ActiveStates => [_leaf];

    IReadOnlyList<SnapshotMemory> IChartMachine.Memories => [];

    (Event Posted, string? SendId) IChartMachine.Unpack(int signal, object? payload)
    {
        var known = (uint)signal < (uint)_chart.Code.Signals.Length ? _chart.Code.Signals[signal]
            : _met is { } met && met.TryGetValue(signal, out var other) ? other
            : new Signal(Names.Signals.TryGet(signal, out var name) ? name : InnerSignals.RestoreMeta);
        return (new Event(known, payload), null);
    }

    string? IChartMachine.FindImpossible(IReadOnlyList<int> active, IReadOnlyList<SnapshotMemory> memories)
    {
        return memories.Count > 0 ? "a chart of the Samek profile has no histories"
            : active.Count != 1 || !_chart.Definition.IsState(active[0]) ? "its settled state is not in the chart"
            : null;
    }

    void IChartMachine.Restore(IReadOnlyList<int> active, IReadOnlyList<SnapshotMemory> memories, long timestamp)
    {
        if (_isStarted)
        {
            throw new InvalidOperationException($"chart '{_chart.Name}' was started before");
        }

        _isStarted = true;
        _leaf = active[0];
        _signal = Names.Signals.NumberOf(InnerSignals.RestoreMeta);
        _outcome = OutcomeKind.Ignored;
        Status = _isStopping ? ChartStatus.Stopped : ChartStatus.Running;
        if (_ring is not null)
        {
            Record(_ring, StepKind.Step, timestamp, _leaf);
        }

        _isIdle = Status == ChartStatus.Running;
    }
}
