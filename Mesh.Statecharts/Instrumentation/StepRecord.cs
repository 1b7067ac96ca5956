using Mesh.Statecharts.Definition;

namespace Mesh.Statecharts.Instrumentation;

/// <summary>One run-to-completion step as a few numbers; spy and trace text follow from it and the
/// definition.</summary>
/// <remarks>A value made from a peer's bytes may hold anything: the text functions check it against the
/// definition.</remarks>
public readonly record struct StepRecord
{
    /// <summary>Stands in <see cref="Queued"/> when the chart runs without queues; then no queue line is
    /// printed.</summary>
    public const int NoQueues = -1;

    /// <summary>The number of the step; 0 is the start.</summary>
    public ulong Number { get; init; }

    /// <summary>What sort of step it is.</summary>
    public StepKind Kind { get; init; }

    /// <summary>When it began, as the chart's time provider stamps time.</summary>
    public long Timestamp { get; init; }

    /// <summary>The number of the signal; -1 at the start.</summary>
    public int Signal { get; init; }

    /// <summary>What became of the event.</summary>
    public StepOutcome Outcome { get; init; }

    /// <summary>The number of the settled state before the step; <see cref="ChartDefinition.Top"/> at the
    /// start.</summary>
    public int LeafBefore { get; init; }

    /// <summary>The number of the settled state after the step.</summary>
    public int LeafAfter { get; init; }

    /// <summary>How many events wait at the end of the step, or <see cref="NoQueues"/>.</summary>
    public int Queued { get; init; }

    /// <summary>How many events are deferred at the end of the step.</summary>
    public int Deferred { get; init; }

    /// <summary>The length of the notes that belong to the step, in bytes; at most
    /// <see cref="NoteWriter.MaxBytes"/>.</summary>
    public int NoteBytes { get; init; }

    /// <summary>How many notes of the step were not kept.</summary>
    public uint DroppedNotes { get; init; }

    /// <summary>Whether the step is a line of the trace: the start, or a step that took a transition.</summary>
    public bool IsTraced => Kind == StepKind.Start
        || (Kind == StepKind.Step && Outcome.Kind is OutcomeKind.Transition or OutcomeKind.Dynamic);
}
