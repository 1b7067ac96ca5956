using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Instrumentation;
using Mesh.Statecharts.Snapshots;

namespace Mesh.Statecharts.Engine;

/// <content>What a snapshot tells of the machine, and the way back.</content>
public sealed partial class ChartMachine<TContext>
{
    /// <inheritdoc/>
    internal override IReadOnlyList<int> ActiveStates => [_leaf];

    /// <inheritdoc/>
    internal override (Event Posted, string? SendId) Unpack(int signal, object? payload)
    {
        var known = (uint)signal < (uint)_chart.Code.Signals.Length ? _chart.Code.Signals[signal]
            : _met is { } met && met.TryGetValue(signal, out var other) ? other
            : new Signal(Names.Signals.TryGet(signal, out var name) ? name : InnerSignals.RestoreMeta);
        return (new Event(known, payload), null);
    }

    /// <inheritdoc/>
    internal override string? FindImpossible(IReadOnlyList<int> active, IReadOnlyList<SnapshotMemory> memories)
    {
        return memories.Count > 0 ? "a chart of the Samek profile has no histories"
            : active.Count != 1 || !_chart.Definition.IsState(active[0]) ? "its settled state is not in the chart"
            : null;
    }

    /// <inheritdoc/>
    private protected override void Settle(IReadOnlyList<int> active, IReadOnlyList<SnapshotMemory> memories) =>
        _leaf = active[0];

    /// <inheritdoc/>
    private protected override void RecordRestore(StepRing ring, int signal, long timestamp)
    {
        _signal = signal;
        _outcome = OutcomeKind.Ignored;
        Record(ring, StepKind.Step, timestamp, _leaf);
    }
}
