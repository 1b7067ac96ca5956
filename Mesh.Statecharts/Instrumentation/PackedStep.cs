namespace Mesh.Statecharts.Instrumentation;

/// <summary>A step as it lies in the ring: 48 bytes with its mark. Numbers of states and signals fit 16 bits.</summary>
internal struct PackedStep
{
    public long Timestamp;
    public long NotePosition;
    public uint DroppedNotes;
    public ushort Signal;
    public ushort LeafBefore;
    public ushort LeafAfter;
    public ushort TransitionOrState;
    public ushort Target;
    public ushort Queued;
    public ushort Deferred;
    public ushort NoteBytes;
    public StepKind Kind;
    public OutcomeKind Outcome;

    private const ushort None = ushort.MaxValue;

    /// <summary>Whether the step is a line of the trace.</summary>
    public readonly bool IsTraced => Outcome >= OutcomeKind.Transition && Kind != StepKind.Fault;

    /// <summary>Takes over a record, except for what belongs to its notes.</summary>
    public void Pack(in StepRecord record)
    {
        var outcome = record.Outcome;
        Timestamp = record.Timestamp;
        Signal = (ushort)record.Signal;
        LeafBefore = (ushort)record.LeafBefore;
        LeafAfter = (ushort)record.LeafAfter;
        TransitionOrState = (ushort)(outcome.Kind == OutcomeKind.Transition ? outcome.Transition : outcome.State);
        Target = (ushort)outcome.Target;
        Queued = (ushort)record.Queued;
        Deferred = (ushort)record.Deferred;
        Kind = record.Kind;
        Outcome = outcome.Kind;
    }

    /// <summary>The step with its number.</summary>
    public readonly StepRecord Unpack(ulong number) => new()
    {
        Number = number,
        Kind = Kind,
        Timestamp = Timestamp,
        Signal = Widen(Signal),
        Outcome = Outcome switch
        {
            OutcomeKind.Hook => StepOutcome.OfHook(Widen(TransitionOrState)),
            OutcomeKind.Transition => StepOutcome.OfTransition(Widen(TransitionOrState)),
            OutcomeKind.Dynamic => StepOutcome.OfDynamic(Widen(TransitionOrState), Widen(Target)),
            OutcomeKind.Start => StepOutcome.OfStart(Widen(TransitionOrState)),
            _ => StepOutcome.Ignored,
        },
        LeafBefore = Widen(LeafBefore),
        LeafAfter = Widen(LeafAfter),
        Queued = Widen(Queued),
        Deferred = Widen(Deferred),
        NoteBytes = NoteBytes,
        DroppedNotes = DroppedNotes,
    };

    // All numbers are below 65,535; the largest stands for -1 (top, none, no queues).
    private static int Widen(ushort number) => number == None ? -1 : number;
}
