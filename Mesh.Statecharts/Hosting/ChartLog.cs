using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Statecharts.Hosting;

/// <summary>Spy and trace of a running chart as text, told from its ring when somebody asks.</summary>
internal sealed class ChartLog(ChartDefinition definition, ChartNames names, StepRing ring, WallAnchor anchor)
{
    private const int MaxSpyLines = 500;
    private const int MaxTraceLines = 500;

    private ulong _spyFrom;
    private ulong _traceFrom;

    /// <summary>The last 500 lines since the last clear.</summary>
    public IReadOnlyList<string> Spy()
    {
        var lines = new List<string>();
        var notes = new byte[NoteWriter.MaxBytes];
        var next = Math.Max(Volatile.Read(ref _spyFrom), ring.Oldest);
        while (ring.TryRead(ref next, out var record, notes, out var noteBytes, out _) is var result
            && result != StepReadResult.Empty)
        {
            if (result == StepReadResult.Read)
            {
                SpyText.Expand(definition, record, notes.AsSpan(0, noteBytes), names, lines);
            }
        }

        return lines.Count > MaxSpyLines ? lines[^MaxSpyLines..] : lines;
    }

    /// <summary>The lines of the last step.</summary>
    public IReadOnlyList<string> LastStep(out StepRecord record)
    {
        var lines = new List<string>();
        var notes = new byte[NoteWriter.MaxBytes];
        record = default;
        var next = ring.Head - 1;
        if (ring.Head > 0 && ring.TryRead(ref next, out record, notes, out var noteBytes, out _) == StepReadResult.Read)
        {
            SpyText.Expand(definition, record, notes.AsSpan(0, noteBytes), names, lines);
        }

        // The log of a single step holds its queue line too, at the cost of its oldest.
        return lines.Count > SpyText.MaxStepLines ? lines[^SpyText.MaxStepLines..] : lines;
    }

    /// <summary>The last 500 lines since the last clear, as one text.</summary>
    public string Trace(string chartName)
    {
        var lines = new List<string>();
        var head = ring.TraceHead;
        var next = Math.Max(Volatile.Read(ref _traceFrom), head > MaxTraceLines ? head - MaxTraceLines : 0);
        while (ring.TryReadTrace(ref next, out var record, out _) is var result && result != StepReadResult.Empty)
        {
            if (result == StepReadResult.Read)
            {
                lines.Add(TraceText.Format(definition, record, names, chartName, anchor));
            }
        }

        return TraceText.Join(lines);
    }

    /// <summary>The trace line of a step.</summary>
    public string TraceLine(in StepRecord record, string chartName) =>
        TraceText.Format(definition, TraceRecord.Of(record), names, chartName, anchor);

    public void ClearSpy() => Volatile.Write(ref _spyFrom, ring.Head);

    public void ClearTrace() => Volatile.Write(ref _traceFrom, ring.TraceHead);
}
