using System.Runtime.CompilerServices;
using Mesh.Core.Wire.MessagePack;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Core.Wire.Records;

/// <content>The forms of steps and traces; a relative step is told from the chart's previous one.</content>
internal ref partial struct RecordReader
{
    private const int TraceFields = 7;

    /// <summary>The most that it could claim to take: header, kind and seven numbers of any width.</summary>
    private const int MaxPlainBytes = 1 + 1 + (7 * MessageFormat.MaxNumberBytes);

    // Reads the plain relative step, as most steps are, in half the time that the general way takes. Whatever is not
    // exactly that is left to the general way, which knows all forms and names the fault.
    private bool TryReadPlain()
    {
        var rest = _reader.Rest;
        if (rest.Length < MaxPlainBytes
            || rest[0] != (MessageFormat.FixArray | StepForms.RelativeFields)
            || rest[1] != (byte)RecordKind.RelativeStep)
        {
            return false;
        }

        var position = 2;
        var chart = MessageInteger.ReadUnsigned(rest, ref position);
        var elapsed = MessageInteger.ReadUnsigned(rest, ref position);
        var signal = MessageInteger.ReadUnsigned(rest, ref position);
        var code = MessageInteger.ReadUnsigned(rest, ref position);
        var after = MessageInteger.ReadUnsigned(rest, ref position);
        var queued = MessageInteger.ReadUnsigned(rest, ref position);
        var deferred = MessageInteger.ReadUnsigned(rest, ref position);
        if ((chart | elapsed | signal | code | after | queued | deferred) > int.MaxValue
            || !StepCode.TryReadOutcome((uint)code, out var outcome))
        {
            return false;
        }

        ref var previous = ref _steps.Find((uint)chart);
        if (Unsafe.IsNullRef(ref previous) || !IsInRange(in previous, elapsed))
        {
            return false;
        }

        _step = new StepRecord
        {
            Number = ++previous.Step,
            Kind = StepKind.Step,
            Timestamp = previous.Time += (long)elapsed,
            Signal = (int)signal - 1,
            Outcome = outcome,
            LeafBefore = previous.After,
            LeafAfter = (int)after - 1,
            Queued = (int)queued - 1,
            Deferred = (int)deferred,
        };
        previous.After = (int)after - 1;
        ChartNumber = (uint)chart;
        Notes = default;
        _reader.Advance(position);
        return true;
    }

    private RecordRefusal ReadRelative(int fields, bool isNoted)
    {
        var known = isNoted ? StepForms.NotedFields : StepForms.RelativeFields;
        if (fields < known
            || !_reader.TryReadUInt32(out var chart)
            || !_reader.TryReadUInt64(out var elapsed)
            || !StepCode.TryReadNumber(ref _reader, out var signal)
            || !_reader.TryReadUInt32(out var code)
            || !StepCode.TryReadNumber(ref _reader, out var after)
            || !StepCode.TryReadNumber(ref _reader, out var queued)
            || !StepCode.TryReadCount(ref _reader, out var deferred)
            || !TryReadNoted(isNoted, out var target, out var droppedNotes, out var notes)
            || !_reader.TrySkip(fields - known, MaxFieldDepth)
            || !StepCode.TryReadOutcome(code, target, isStart: false, out var outcome))
        {
            return RecordRefusal.Form;
        }

        ref var previous = ref _steps.Find(chart);
        if (Unsafe.IsNullRef(ref previous))
        {
            return RecordRefusal.RelativeFirst;
        }

        if (!IsInRange(in previous, elapsed))
        {
            return RecordRefusal.Overflow;
        }

        previous.Step++;
        previous.Time += (long)elapsed;
        _step = new StepRecord
        {
            Number = previous.Step,
            Kind = StepKind.Step,
            Timestamp = previous.Time,
            Signal = signal,
            Outcome = outcome,
            LeafBefore = previous.After,
            LeafAfter = after,
            Queued = queued,
            Deferred = deferred,
            NoteBytes = notes.Length,
            DroppedNotes = droppedNotes,
        };
        previous.After = after;
        ChartNumber = chart;
        Notes = notes;
        return RecordRefusal.None;
    }

    private bool TryReadAbsolute(int fields)
    {
        if (fields < StepForms.AbsoluteFields
            || !_reader.TryReadUInt32(out var chart)
            || !_reader.TryReadUInt64(out var number)
            || !_reader.TryReadUInt8(out var kind)
            || !_reader.TryReadInt64(out var time)
            || !StepCode.TryReadNumber(ref _reader, out var signal)
            || !_reader.TryReadUInt32(out var code)
            || !StepCode.TryReadNumber(ref _reader, out var before)
            || !StepCode.TryReadNumber(ref _reader, out var after)
            || !StepCode.TryReadNumber(ref _reader, out var queued)
            || !StepCode.TryReadCount(ref _reader, out var deferred)
            || !TryReadNoted(isNoted: true, out var target, out var droppedNotes, out var notes)
            || !_reader.TrySkip(fields - StepForms.AbsoluteFields, MaxFieldDepth)
            || kind > (byte)StepKind.Fault
            || !StepCode.TryReadOutcome(code, target, isStart: signal < 0, out var outcome))
        {
            return false;
        }

        _step = new StepRecord
        {
            Number = number,
            Kind = (StepKind)kind,
            Timestamp = time,
            Signal = signal,
            Outcome = outcome,
            LeafBefore = before,
            LeafAfter = after,
            Queued = queued,
            Deferred = deferred,
            NoteBytes = notes.Length,
            DroppedNotes = droppedNotes,
        };
        ChartNumber = chart;
        Notes = notes;
        _steps.Set(chart, number, time, after);
        return true;
    }

    private bool TryReadTrace(int fields)
    {
        if (fields < TraceFields
            || !_reader.TryReadUInt32(out var chart)
            || !_reader.TryReadUInt64(out var number)
            || !_reader.TryReadInt64(out var time)
            || !StepCode.TryReadNumber(ref _reader, out var signal)
            || !StepCode.TryReadNumber(ref _reader, out var from)
            || !StepCode.TryReadNumber(ref _reader, out var to)
            || !_reader.TrySkip(fields - TraceFields, MaxFieldDepth))
        {
            return false;
        }

        Trace = new TraceRecord { Number = number, Timestamp = time, Signal = signal, From = from, To = to };
        ChartNumber = chart;
        return true;
    }

    private bool TryReadNoted(bool isNoted, out int target, out uint droppedNotes, out ReadOnlySpan<byte> notes)
    {
        target = -1;
        droppedNotes = 0;
        notes = default;
        return !isNoted
            || (StepCode.TryReadNumber(ref _reader, out target)
                && _reader.TryReadUInt32(out droppedNotes)
                && _reader.TryReadBinary(WireLimits.MaxNotesBytes, out notes));
    }

    private static bool IsInRange(in ChartStep previous, ulong elapsed) =>
        previous.Step < ulong.MaxValue && elapsed <= (ulong)(long.MaxValue - previous.Time);
}
