using Mesh.Core.Wire.Records;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Core.Logs;

/// <summary>Turns what is in the ring of a chart into records of the lanes.</summary>
/// <remarks>
/// A frame that is not <see cref="LaneLog.IsFull"/> has room for any record but the largest notes, so each write asks
/// that first and then succeeds; the rare one that does not is read again after the frame was sealed.
/// </remarks>
internal sealed class ChartRecords(NodeLog log, TimestampScale scale)
{
    // As many as a ring holds: after them other charts are read.
    private const int MaxStepsPerVisit = StepRing.MaxCapacity;

    private readonly byte[] _notes = new byte[NoteWriter.MaxBytes];
    private FrameBase _base;
    private TimeSpan _now;

    /// <summary>Sets the clocks for the frames that are opened from now on.</summary>
    /// <param name="anchor">Ties the charts' stamps to the wall clock.</param>
    /// <param name="now">Monotonic time.</param>
    public void Begin(in WallAnchor anchor, TimeSpan now)
    {
        _base = FrameBase.Of(anchor, scale);
        _now = now;
    }

    /// <summary>Writes what a chart did.</summary>
    /// <param name="chart">The chart.</param>
    /// <returns>Whether all of it was written.</returns>
    public DrainResult Write(PublishedChart chart)
    {
        var spy = WriteSteps(chart);
        if (spy == DrainResult.Full || chart.Trace is null || log.Trace is null)
        {
            return spy;
        }

        var trace = WriteTrace(chart, chart.Trace, log.Trace);
        return trace == DrainResult.Empty ? spy : trace;
    }

    /// <summary>Writes that a chart ended, on each lane.</summary>
    /// <param name="chart">The chart; everything it did was written.</param>
    /// <returns>False when a lane has no room.</returns>
    public bool TryWriteEnd(PublishedChart chart) =>
        TryWriteEnd(log.Spy, chart.Spy, chart.EndReason)
        && (log.Trace is null || chart.Trace is null || TryWriteEnd(log.Trace, chart.Trace, chart.EndReason));

    private bool TryWriteEnd(LaneLog lane, ChartProgress progress, EndReason reason)
    {
        if (progress.Image.EndedAt != 0 || !progress.IsAnnounced)
        {
            return true;
        }

        if (lane.IsFull || !lane.Open(_base, _now).TryWriteEnd(new EndRecord(progress.Image.Chart, reason)))
        {
            return false;
        }

        lane.Image.End(progress.Image, lane.LastRecord);
        return true;
    }

    private DrainResult WriteSteps(PublishedChart chart)
    {
        var progress = chart.Spy;
        var lane = log.Spy;
        if (chart.Ring.Head == 0)
        {
            // Nobody hears of a chart that has not started.
            return DrainResult.Empty;
        }

        if (!TryAnnounce(chart, progress, lane))
        {
            return DrainResult.Full;
        }

        for (var count = 0; count < MaxStepsPerVisit; count++)
        {
            if (lane.IsFull)
            {
                return DrainResult.Full;
            }

            var from = progress.Next;
            var result = chart.Ring.TryRead(
                ref progress.Next, out var step, _notes, out var noteBytes, out var lostUpTo);
            if (result == StepReadResult.Empty)
            {
                return DrainResult.Empty;
            }

            var isWritten = result == StepReadResult.Lost
                ? lane.Open(_base, _now).TryWriteLost(new LostRecord(chart.Number, from, lostUpTo - 1))
                : TryWriteNames(chart, progress, lane)
                    && lane.Open(_base, _now).TryWriteStep(chart.Number, step, _notes.AsSpan(0, noteBytes));
            if (!isWritten)
            {
                progress.Next = from;
                return DrainResult.Full;
            }

            if (result == StepReadResult.Read)
            {
                progress.Image.OnStep(step);
            }
        }

        return DrainResult.Enough;
    }

    private DrainResult WriteTrace(PublishedChart chart, ChartProgress progress, LaneLog lane)
    {
        if (chart.Ring.TraceHead == 0)
        {
            return DrainResult.Empty;
        }

        if (!TryAnnounce(chart, progress, lane))
        {
            return DrainResult.Full;
        }

        for (var count = 0; count < MaxStepsPerVisit; count++)
        {
            if (lane.IsFull)
            {
                return DrainResult.Full;
            }

            var from = progress.Next;
            var result = chart.Ring.TryReadTrace(ref progress.Next, out var trace, out _);
            if (result == StepReadResult.Empty)
            {
                return DrainResult.Empty;
            }

            if (result == StepReadResult.Lost)
            {
                // Lines are counted, steps are not: which steps were lost shows with the next line.
                progress.HasLost = true;
            }
            else if (!TryWriteLine(chart, progress, lane, trace))
            {
                progress.Next = from;
                return DrainResult.Full;
            }
        }

        return DrainResult.Enough;
    }

    private bool TryWriteLine(PublishedChart chart, ChartProgress progress, LaneLog lane, in TraceRecord trace)
    {
        if (progress.HasLost)
        {
            var lost = new LostRecord(chart.Number, progress.StepAfter, trace.Number - 1);
            if (!lane.Open(_base, _now).TryWriteLost(lost))
            {
                return false;
            }

            progress.HasLost = false;
        }

        if (!TryWriteNames(chart, progress, lane) || !lane.Open(_base, _now).TryWriteTrace(chart.Number, trace))
        {
            return false;
        }

        progress.Image.OnTrace(trace);
        progress.StepAfter = trace.Number + 1;
        return true;
    }

    private bool TryAnnounce(PublishedChart chart, ChartProgress progress, LaneLog lane)
    {
        if (progress.IsAnnounced)
        {
            return true;
        }

        if (lane.IsFull)
        {
            return false;
        }

        // A chart may get its name by its start.
        var image = progress.Image;
        image.TraceName = chart.Source.Name;
        var record = new ChartRecord
        {
            Chart = image.Chart,
            Name = image.Name,
            TraceName = image.TraceName,
            Hash = chart.Source.Definition.Hash.Span,
        };
        if (!lane.Open(_base, _now).TryWriteChart(record))
        {
            return false;
        }

        lane.Image.Add(image);
        progress.IsAnnounced = true;
        return true;
    }

    // A name is noted before the step that needs it, so all that are known here are enough.
    private bool TryWriteNames(PublishedChart chart, ChartProgress progress, LaneLog lane)
    {
        var names = chart.Source.Names;
        while (progress.SignalNames < names.Signals.Count)
        {
            if (!TryWriteName(progress, lane, NameKind.Signal, names.Signals, progress.SignalNames))
            {
                return false;
            }

            progress.SignalNames++;
        }

        while (progress.StateNames < names.States.Count)
        {
            if (!TryWriteName(progress, lane, NameKind.State, names.States, progress.StateNames))
            {
                return false;
            }

            progress.StateNames++;
        }

        return !lane.IsFull;
    }

    private bool TryWriteName(ChartProgress progress, LaneLog lane, NameKind kind, NameTable names, int index)
    {
        var number = names.First + index;
        if (!names.TryGet(number, out var text))
        {
            return true;
        }

        var record = new NameRecord(progress.Image.Chart, kind, (uint)number, text);
        if (lane.IsFull || !lane.Open(_base, _now).TryWriteName(record))
        {
            return false;
        }

        progress.Image.OnName(record);
        return true;
    }
}
