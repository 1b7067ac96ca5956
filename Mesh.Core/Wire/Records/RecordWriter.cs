using System.Diagnostics;
using System.Runtime.CompilerServices;
using Mesh.Core.Wire.MessagePack;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Core.Wire.Records;

/// <summary>Writes the plaintexts of frames, one after another, with no coding state across them.</summary>
/// <remarks>
/// <para><c>[base, record …]</c>, docs/wire-format.md §8. <see cref="Begin"/> a frame, write records until one does not
/// fit or <see cref="IsDue"/>, then <see cref="Finish"/>. A record that did not fit was not written: it fits the next
/// frame.</para>
/// <para>Allocates only while the table of the charts of a frame grows. One thread.</para>
/// </remarks>
/// <param name="scale">The scale of the stamps that the steps carry.</param>
internal sealed class RecordWriter(TimestampScale scale)
{
    /// <summary>The header of an array of up to 65,535 elements; a shorter one leaves its first bytes unused.</summary>
    private const int HeaderBytes = 3;

    private const int TraceFields = 7;

    private readonly ChartStepTable _steps = new();
    private byte[] _buffer = [];
    private int _position;
    private int _end;

    /// <summary>How many records the frame holds.</summary>
    public int Count { get; private set; }

    /// <summary>How many bytes the plaintext has got, give or take its header.</summary>
    public int LengthBytes => _position;

    /// <summary>Whether the frame holds enough to be sent now.</summary>
    public bool IsDue => _position >= WireLimits.FlushFramePlaintextBytes || Count == WireLimits.MaxFrameRecords;

    /// <summary>Begins a frame.</summary>
    /// <param name="buffer">Where to write, until <see cref="Finish"/>; stays the caller's. At least 64 KiB, of which
    /// no more than <see cref="WireLimits.MaxFramePlaintextBytes"/> are used.</param>
    /// <param name="frameBase">The publisher's clocks.</param>
    public void Begin(byte[] buffer, in FrameBase frameBase)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(buffer.Length, WireLimits.MaxFramePlaintextBytes);

        var writer = new MessageWriter(buffer.AsSpan(HeaderBytes));
        frameBase.Write(ref writer);

        _buffer = buffer;
        _position = HeaderBytes + writer.Position;
        _end = WireLimits.MaxFramePlaintextBytes;
        _steps.Clear();
        Count = 0;
    }

    /// <summary>Writes that an instance begins.</summary>
    /// <returns><see langword="false"/> when it does not fit this frame.</returns>
    public bool TryWriteChart(in ChartRecord record)
    {
        var writer = Remaining();
        record.Write(ref writer);
        return TryCommit(in writer);
    }

    /// <summary>Writes a step, relative to the chart's previous one in this frame where that says it all.</summary>
    /// <param name="chart">The number of the instance.</param>
    /// <param name="step">The step, as the chart recorded it.</param>
    /// <param name="notes">Its notes as they were recorded, at most <see cref="WireLimits.MaxNotesBytes"/>.</param>
    /// <returns><see langword="false"/> when it does not fit this frame.</returns>
    public bool TryWriteStep(uint chart, in StepRecord step, ReadOnlySpan<byte> notes)
    {
        var microseconds = scale.ToMicroseconds(step.Timestamp);
        ref var previous = ref _steps.Find(chart);
        if (Unsafe.IsNullRef(ref previous) || !IsNext(in step, microseconds, in previous))
        {
            return TryWriteAbsolute(chart, in step, microseconds, notes);
        }

        var elapsed = (ulong)(microseconds - previous.Time);
        var isWritten = notes.IsEmpty && step.DroppedNotes == 0 && step.Outcome.Kind != OutcomeKind.Dynamic
            ? TryWriteRelative(chart, in step, elapsed)
            : TryWriteNoted(chart, in step, elapsed, notes);
        if (isWritten)
        {
            previous.Step = step.Number;
            previous.Time = microseconds;
            previous.After = step.LeafAfter;
        }

        return isWritten;
    }

    /// <summary>Writes the text of a number outside the definition.</summary>
    /// <returns><see langword="false"/> when it does not fit this frame.</returns>
    public bool TryWriteName(in NameRecord record)
    {
        var writer = Remaining();
        record.Write(ref writer);
        return TryCommit(in writer);
    }

    /// <summary>Writes that steps were overwritten before they were read.</summary>
    /// <returns><see langword="false"/> when it does not fit this frame.</returns>
    public bool TryWriteLost(in LostRecord record)
    {
        var writer = Remaining();
        record.Write(ref writer);
        return TryCommit(in writer);
    }

    /// <summary>Writes that an instance ended.</summary>
    /// <returns><see langword="false"/> when it does not fit this frame.</returns>
    public bool TryWriteEnd(in EndRecord record)
    {
        var writer = Remaining();
        record.Write(ref writer);
        return TryCommit(in writer);
    }

    /// <summary>Writes a step for the trace lane.</summary>
    /// <param name="chart">The number of the instance.</param>
    /// <param name="trace">The line, as the chart recorded it.</param>
    /// <returns><see langword="false"/> when it does not fit this frame.</returns>
    public bool TryWriteTrace(uint chart, in TraceRecord trace)
    {
        var writer = Remaining();
        writer.WriteArrayHeader(TraceFields);
        writer.WriteUnsigned((byte)RecordKind.Trace);
        writer.WriteUnsigned(chart);
        writer.WriteUnsigned(trace.Number);
        writer.WriteSigned(scale.ToMicroseconds(trace.Timestamp));
        writer.WriteUnsigned(StepCode.OfNumber(trace.Signal));
        writer.WriteUnsigned(StepCode.OfNumber(trace.From));
        writer.WriteUnsigned(StepCode.OfNumber(trace.To));
        return TryCommit(in writer);
    }

    /// <summary>Ends the frame.</summary>
    /// <returns>The plaintext, inside the buffer that <see cref="Begin"/> was given.</returns>
    public Span<byte> Finish()
    {
        // The count is known only now, and the shortest form has to be used: the array begins where its header does.
        Span<byte> header = stackalloc byte[HeaderBytes];
        var writer = new MessageWriter(header);
        writer.WriteArrayHeader(1 + Count);
        var start = HeaderBytes - writer.Position;
        writer.Written.CopyTo(_buffer.AsSpan(start));
        return _buffer.AsSpan(start, _position - start);
    }

    private static bool IsNext(in StepRecord step, long microseconds, in ChartStep previous) =>
        step.Number - previous.Step == 1
        && step.Number != 0
        && step.Kind == StepKind.Step
        && step.LeafBefore == previous.After
        && microseconds >= previous.Time;

    private bool TryWriteRelative(uint chart, in StepRecord step, ulong elapsed)
    {
        if (_end - _position < StepForms.MaxRelativeBytes || Count == WireLimits.MaxFrameRecords)
        {
            return false;
        }

        var place = _buffer.AsSpan(_position, StepForms.MaxRelativeBytes);
        _position += StepForms.WriteRelative(place, chart, in step, elapsed);
        Count++;
        return true;
    }

    private bool TryWriteNoted(uint chart, in StepRecord step, ulong elapsed, ReadOnlySpan<byte> notes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(notes.Length, WireLimits.MaxNotesBytes);

        var writer = Remaining();
        StepForms.WriteNoted(ref writer, chart, in step, elapsed, notes);
        return TryCommit(in writer);
    }

    private bool TryWriteAbsolute(uint chart, in StepRecord step, long microseconds, ReadOnlySpan<byte> notes)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(notes.Length, WireLimits.MaxNotesBytes);

        var writer = Remaining();
        StepForms.WriteAbsolute(ref writer, chart, in step, microseconds, notes);
        if (!TryCommit(in writer))
        {
            return false;
        }

        _steps.Set(chart, step.Number, microseconds, step.LeafAfter);
        return true;
    }

    private MessageWriter Remaining()
    {
        Debug.Assert(_end > 0, "Begin comes first");
        return new MessageWriter(_buffer.AsSpan(_position, _end - _position));
    }

    private bool TryCommit(in MessageWriter writer)
    {
        if (writer.HasOverflowed || Count == WireLimits.MaxFrameRecords)
        {
            return false;
        }

        _position += writer.Position;
        Count++;
        return true;
    }
}
