using Mesh.Statecharts.Instrumentation;

namespace Mesh.Core.Foreign;

/// <summary>What is kept of the steps of a foreign chart: the last 512, and lines of its trace from before
/// those.</summary>
/// <remarks>
/// A step that went over a transition is a line of the trace as well, so such a line is kept on its own only once its
/// step is overwritten, or when it came by the trace lane.
/// </remarks>
/// <param name="budget">What the storage is taken from.</param>
internal sealed class ForeignHistory(ViewBudget budget)
{
    private KeptRing<KeptTrace>? _lines;
    private NoteStore? _notes;

    /// <summary>The steps.</summary>
    public KeptRing<KeptStep> Steps { get; } = new(budget);

    /// <summary>The lines that no step in <see cref="Steps"/> stands for; null for none.</summary>
    public KeptRing<KeptTrace>? OlderLines => _lines;

    /// <summary>Bytes of storage.</summary>
    public long StorageBytes => Steps.StorageBytes + (_lines?.StorageBytes ?? 0) + (_notes?.StorageBytes ?? 0);

    /// <summary>Keeps a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="notes">Its notes.</param>
    /// <param name="clock">The clocks of its frame.</param>
    public void Add(in StepRecord step, ReadOnlySpan<byte> notes, in FrameClock clock)
    {
        var position = notes.IsEmpty ? 0 : (_notes ??= new NoteStore(budget)).Add(notes);
        if (!Steps.MakeRoom() && Steps[0] is { Record.IsTraced: true } oldest)
        {
            Add(TraceRecord.Of(oldest.Record), oldest.Clock);
        }

        Steps.Add() = new KeptStep(step, position, clock);
    }

    /// <summary>Keeps a line of the trace.</summary>
    /// <param name="trace">The line.</param>
    /// <param name="clock">The clocks of its frame.</param>
    public void Add(in TraceRecord trace, in FrameClock clock)
    {
        _lines ??= new KeptRing<KeptTrace>(budget);
        _ = _lines.MakeRoom();
        _lines.Add() = new KeptTrace(trace, clock);
    }

    /// <summary>Copies all lines of the trace, oldest first.</summary>
    public List<KeptTrace> CopyTrace()
    {
        var lines = new List<KeptTrace>(_lines?.ToArray() ?? []);
        for (var index = 0; index < Steps.Count; index++)
        {
            ref readonly var step = ref Steps[index];
            if (step.Record.IsTraced)
            {
                lines.Add(new KeptTrace(TraceRecord.Of(step.Record), step.Clock));
            }
        }

        return lines;
    }

    /// <summary>Copies the notes of a step.</summary>
    /// <param name="position">Their position.</param>
    /// <param name="destination">Exactly as long as they are.</param>
    /// <returns>False when they were overwritten.</returns>
    public bool TryCopyNotes(long position, Span<byte> destination) =>
        _notes?.TryCopy(position, destination) ?? destination.IsEmpty;
}
