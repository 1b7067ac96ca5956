namespace Mesh.Statecharts.Instrumentation;

/// <summary>A step as it lies in the ring: 48 bytes with its mark. Numbers of states and signals fit 16 bits.</summary>
internal readonly struct PackedStep
{
    private const ushort None = ushort.MaxValue;

    private readonly long _timestamp;
    private readonly long _notePosition;
    private readonly uint _droppedNotes;
    private readonly ushort _signal;
    private readonly ushort _leafBefore;
    private readonly ushort _leafAfter;
    private readonly ushort _transitionOrState;
    private readonly ushort _target;
    private readonly ushort _queued;
    private readonly ushort _deferred;
    private readonly ushort _noteBytes;
    private readonly StepKind _kind;
    private readonly OutcomeKind _outcome;

    public PackedStep(in StepRecord record, long notePosition)
    {
        var outcome = record.Outcome;
        _timestamp = record.Timestamp;
        _notePosition = notePosition;
        _droppedNotes = record.DroppedNotes;
        _signal = (ushort)record.Signal;
        _leafBefore = (ushort)record.LeafBefore;
        _leafAfter = (ushort)record.LeafAfter;
        _transitionOrState = (ushort)(outcome.Kind == OutcomeKind.Transition ? outcome.Transition : outcome.State);
        _target = (ushort)outcome.Target;
        _queued = (ushort)record.Queued;
        _deferred = (ushort)record.Deferred;
        _noteBytes = (ushort)record.NoteBytes;
        _kind = record.Kind;
        _outcome = outcome.Kind;
    }

    public int NoteBytes => _noteBytes;

    public long NotePosition => _notePosition;

    public StepRecord Unpack(ulong number) => new()
    {
        Number = number,
        Kind = _kind,
        Timestamp = _timestamp,
        Signal = Widen(_signal),
        Outcome = _outcome switch
        {
            OutcomeKind.Hook => StepOutcome.OfHook(Widen(_transitionOrState)),
            OutcomeKind.Transition => StepOutcome.OfTransition(Widen(_transitionOrState)),
            OutcomeKind.Dynamic => StepOutcome.OfDynamic(Widen(_transitionOrState), Widen(_target)),
            OutcomeKind.Start => StepOutcome.OfStart(Widen(_transitionOrState)),
            _ => StepOutcome.Ignored,
        },
        LeafBefore = Widen(_leafBefore),
        LeafAfter = Widen(_leafAfter),
        Queued = Widen(_queued),
        Deferred = Widen(_deferred),
        NoteBytes = _noteBytes,
        DroppedNotes = _droppedNotes,
    };

    // All numbers are below 65,535; the largest stands for -1 (top, none, no queues).
    private static int Widen(ushort number) => number == None ? -1 : number;
}
