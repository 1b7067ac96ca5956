using System.Numerics;
using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Instrumentation;
using Mesh.Statecharts.Snapshots;

namespace Mesh.Statecharts.Engine;

/// <content>What a snapshot tells of the machine, and the way back.</content>
public sealed partial class ScxmlMachine<TContext>
{
    /// <inheritdoc/>
    internal override IReadOnlyList<int> ActiveStates => StatesOf(_active);

    /// <inheritdoc/>
    internal override IReadOnlyList<SnapshotMemory> Memories =>
        [.. Enumerable.Range(0, _memory.Length).Where(history => _memory[history] is not null)
            .Select(history => new SnapshotMemory(history, StatesOf(_memory[history]!)))];

    /// <inheritdoc/>
    internal override (Event Posted, string? SendId) Unpack(int signal, object? payload)
    {
        return payload is PackedEvent packed ? (new Event(packed.Signal, packed.Payload), packed.SendId)
            : (new Event(_tables.Code.Signals[signal], payload), null);
    }

    /// <inheritdoc/>
    internal override string? FindImpossible(IReadOnlyList<int> active, IReadOnlyList<SnapshotMemory> memories)
    {
        if (!TryCollect(active, out var states) || !_topology.IsConfiguration(ChartDefinition.Top, states))
        {
            return "its active states cannot be active together";
        }

        foreach (var (history, remembered) in memories)
        {
            if (history >= _topology.Count || !_topology.IsHistory(history) || !TryCollect(remembered, out var set)
                || !_topology.CanRemember(history, set))
            {
                return $"what history {history} remembers cannot be active together";
            }
        }

        return memories.Select(memory => memory.History).Distinct().Count() == memories.Count ? null
            : "a history remembers twice";
    }

    /// <inheritdoc/>
    private protected override void Settle(IReadOnlyList<int> active, IReadOnlyList<SnapshotMemory> memories)
    {
        foreach (var state in active)
        {
            Bits.Add(_active, state);
        }

        foreach (var (history, remembered) in memories)
        {
            _ = TryCollect(remembered, out _memory[history]!);
        }

        _settled = _configurations.Find(_active);
    }

    /// <inheritdoc/>
    private protected override void RecordRestore(StepRing ring, int signal, long timestamp)
    {
        _stepSignal = signal;
        _outcome = OutcomeKind.Ignored;
        Record(ring, StepKind.Step, timestamp, _settled);
    }

    private static List<int> StatesOf(ulong[] set)
    {
        var states = new List<int>();
        for (var word = 0; word < set.Length; word++)
        {
            for (var bits = set[word]; bits != 0; bits &= bits - 1)
            {
                states.Add((word << 6) + BitOperations.TrailingZeroCount(bits));
            }
        }

        return states;
    }

    private bool TryCollect(IReadOnlyList<int> states, out ulong[] set)
    {
        set = new ulong[_topology.Words];
        foreach (var state in states)
        {
            if (state >= _topology.Count)
            {
                return false;
            }

            Bits.Add(set, state);
        }

        return true;
    }
}
