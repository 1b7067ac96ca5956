using System.Runtime.CompilerServices;

namespace Mesh.Statecharts.Instrumentation;

/// <summary>A step as it lies in the ring: 48 bytes with its mark.</summary>
/// <remarks>
/// Small numbers are packed into words, since the chart's thread pays for each store (24 against 39 cycles a step,
/// measured): 16 bits each, of which the largest number stands for -1 (top, none, no queues).
/// </remarks>
internal struct PackedStep
{
    public long Timestamp;
    public long NotePosition;

    /// <summary>Signal, leaf before, leaf after, transition or state.</summary>
    public ulong States;

    /// <summary>Queued, deferred, bytes of notes, target.</summary>
    public ulong Lengths;

    /// <summary>Dropped notes in 32 bits, kind and outcome in 8 bits each.</summary>
    public ulong Sort;

    private const ushort None = ushort.MaxValue;
    private const int Field1 = 16;
    private const int Field2 = 32;
    private const int Field3 = 48;
    private const int KindShift = 32;
    private const int OutcomeShift = 40;

    /// <summary>How many bytes of notes belong to the step.</summary>
    public readonly int NoteBytes => (ushort)(Lengths >> Field2);

    /// <summary>Packs what <see cref="States"/> holds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong PackStates(int signal, int before, int after, int transitionOrState) =>
        (ushort)signal | ((ulong)(ushort)before << Field1) | ((ulong)(ushort)after << Field2)
        | ((ulong)(ushort)transitionOrState << Field3);

    /// <summary>Packs what <see cref="Lengths"/> holds, of a step without notes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong PackLengths(int queued, int deferred, int target) =>
        (ushort)queued | ((ulong)(ushort)deferred << Field1) | ((ulong)(ushort)target << Field3);

    /// <summary>Packs what <see cref="Sort"/> holds, of a step without notes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong PackSort(StepKind kind, OutcomeKind outcome) =>
        ((ulong)kind << KindShift) | ((ulong)outcome << OutcomeShift);

    /// <summary>Whether a step is a line of the trace.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsTraced(StepKind kind, OutcomeKind outcome) =>
        outcome >= OutcomeKind.Transition && kind != StepKind.Fault;

    /// <summary>Takes over a record, except for what belongs to its notes.</summary>
    public void Pack(in StepRecord record)
    {
        var outcome = record.Outcome;
        Timestamp = record.Timestamp;
        NotePosition = 0;
        States = PackStates(
            record.Signal,
            record.LeafBefore,
            record.LeafAfter,
            outcome.Kind == OutcomeKind.Transition ? outcome.Transition : outcome.State);
        Lengths = PackLengths(record.Queued, record.Deferred, outcome.Target);
        Sort = PackSort(record.Kind, outcome.Kind);
    }

    /// <summary>Adds what belongs to the notes of the step.</summary>
    public void PackNotes(int bytes, long position, uint dropped)
    {
        NotePosition = position;
        Lengths |= (ulong)(ushort)bytes << Field2;
        Sort |= dropped;
    }

    /// <summary>The step with its number.</summary>
    public readonly StepRecord Unpack(ulong number)
    {
        var what = Widen(States >> Field3);
        var outcome = (OutcomeKind)(byte)(Sort >> OutcomeShift);
        return new StepRecord
        {
            Number = number,
            Kind = (StepKind)(byte)(Sort >> KindShift),
            Timestamp = Timestamp,
            Signal = Widen(States),
            Outcome = outcome switch
            {
                OutcomeKind.Hook => StepOutcome.OfHook(what),
                OutcomeKind.Transition => StepOutcome.OfTransition(what),
                OutcomeKind.Dynamic => StepOutcome.OfDynamic(what, Widen(Lengths >> Field3)),
                OutcomeKind.Start => StepOutcome.OfStart(what),
                _ => StepOutcome.Ignored,
            },
            LeafBefore = Widen(States >> Field1),
            LeafAfter = Widen(States >> Field2),
            Queued = Widen(Lengths),
            Deferred = Widen(Lengths >> Field1),
            NoteBytes = NoteBytes,
            DroppedNotes = (uint)Sort,
        };
    }

    /// <summary>A number out of the lowest 16 bits.</summary>
    public static int Widen(ulong word) => (ushort)word is var number && number == None ? -1 : number;

    /// <summary>The leaf before and the leaf after out of <see cref="States"/>.</summary>
    public static (int Before, int After) Leaves(ulong states) => (Widen(states >> Field1), Widen(states >> Field2));
}
