using System.Runtime.CompilerServices;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Statecharts.Engine;

/// <content>What is recorded of a step.</content>
public sealed partial class ChartMachine<TContext>
{
    // Fills the slot in place and inside of dispatch: building a record first and copying it took twice as many
    // instructions (measured).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Record(StepRing ring, StepKind kind, long timestamp, int before)
    {
        ref var slot = ref ring.Begin();
        ref var step = ref slot.Value;
        var outcome = _outcome;
        step.Timestamp = timestamp;
        step.States = PackedStep.PackStates(_signal, before, _leaf, _transitionOrState);
        step.Lengths = _queues is { } queues
            ? PackedStep.PackLengths(queues.Queued, queues.Deferred, _target)
            : PackedStep.PackLengths(StepRecord.NoQueues, 0, _target);
        step.Sort = PackedStep.PackSort(kind, outcome);
        if (!_notes!.IsEmpty)
        {
            ring.AddNotes(ref slot, _notes.Seal(), _notes.DroppedCount);
            _notes.Clear();
        }

        ring.Commit(ref slot, PackedStep.IsTraced(kind, outcome));
    }

    private void BecomeFaulted(Exception exception, long timestamp)
    {
        Fault = exception;
        Status = ChartStatus.Faulted;
        _notes?.AddFault(CallPlace.Ordinal(_place), CallPlace.State(_place), exception.GetType().Name);
        if (_ring is not null)
        {
            Record(_ring, StepKind.Fault, timestamp, _leaf);
        }
    }
}
