using System.Diagnostics.CodeAnalysis;
using Mesh.Core.Wire.MessagePack;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Core.Wire.Records;

/// <summary>Reads the records of an opened frame, one after another.</summary>
/// <remarks>
/// <para><c>[base, record …]</c>, docs/wire-format.md §8. Total: for any bytes it gives the records up to the first
/// fault, then <see cref="Refusal"/>. Records point into the plaintext. Steps allocate nothing, texts their
/// strings.</para>
/// <code>
/// var reader = new RecordReader(plaintext, header.Count, table);
/// while (reader.TryRead(out var kind))
/// {
///     if (kind == RecordKind.Step) { use(reader.ChartNumber, reader.Step, reader.Notes); }
/// }
///
/// if (reader.Refusal != RecordRefusal.None) { count it; }
/// </code>
/// </remarks>
internal ref partial struct RecordReader
{
    /// <summary>How deep arrays may nest in a field of a record: two levels lie above it.</summary>
    internal const int MaxFieldDepth = WireLimits.MaxDepth - 2;

    private readonly ChartStepTable _steps;
    private MessageReader _reader;
    private StepRecord _step;
    private int _left;

    /// <summary>Begins to read a frame.</summary>
    /// <param name="plaintext">What the frame's ciphertext opened to, untrusted; kept as long as the reader.</param>
    /// <param name="count">How many records the frame's header counts.</param>
    /// <param name="steps">Kept by the caller from frame to frame; cleared here.</param>
    public RecordReader(ReadOnlySpan<byte> plaintext, uint count, ChartStepTable steps)
    {
        _reader = new MessageReader(plaintext);
        _steps = steps;
        steps.Clear();

        if (count > WireLimits.MaxFrameRecords
            || !_reader.TryReadArrayHeader(out var length)
            || length != (int)count + 1)
        {
            Refusal = RecordRefusal.Count;
        }
        else if (!FrameBase.TryRead(ref _reader, out var frameBase))
        {
            Refusal = RecordRefusal.Base;
        }
        else
        {
            Base = frameBase;
            _left = (int)count;
        }
    }

    /// <summary>The publisher's clocks.</summary>
    public FrameBase Base { get; }

    /// <summary>Why reading ended; nothing while it goes on and after the last record.</summary>
    public RecordRefusal Refusal { get; private set; }

    /// <summary>The number of the instance, after a step or a trace was read.</summary>
    public uint ChartNumber { get; private set; }

    /// <summary>The record, after <see cref="RecordKind.Chart"/> was read.</summary>
    public ChartRecord Chart { get; private set; }

    /// <summary>The step, after <see cref="RecordKind.Step"/> was read; its stamp is in microseconds.</summary>
    [UnscopedRef]
    public readonly ref readonly StepRecord Step => ref _step;

    /// <summary>The notes of <see cref="Step"/>, as they were recorded, untrusted.</summary>
    public ReadOnlySpan<byte> Notes { get; private set; }

    /// <summary>The record, after <see cref="RecordKind.Name"/> was read.</summary>
    public NameRecord Name { get; private set; }

    /// <summary>The record, after <see cref="RecordKind.Lost"/> was read.</summary>
    public LostRecord Lost { get; private set; }

    /// <summary>The record, after <see cref="RecordKind.End"/> was read.</summary>
    public EndRecord End { get; private set; }

    /// <summary>The line, after <see cref="RecordKind.Trace"/> was read; its stamp is in microseconds.</summary>
    public TraceRecord Trace { get; private set; }

    /// <summary>Reads the next record.</summary>
    /// <param name="kind">Which property holds it.</param>
    /// <returns><see langword="false"/> after the last record, and when the rest is refused.</returns>
    public bool TryRead(out RecordKind kind)
    {
        kind = RecordKind.Unknown;
        if (_left == 0)
        {
            return Refusal == RecordRefusal.None && !_reader.IsAtEnd && Refuse(RecordRefusal.Trailing);
        }

        _left--;
        if (TryReadPlain())
        {
            kind = RecordKind.Step;
            return true;
        }

        var start = _reader.Position;
        if (!_reader.TryReadArrayHeader(out var fields) || !_reader.TryReadUInt32(out var number))
        {
            return Refuse(RecordRefusal.Form);
        }

        var refusal = number is (uint)RecordKind.RelativeStep or (uint)RecordKind.NotedStep
            ? ReadRelative(fields, isNoted: number == (uint)RecordKind.NotedStep)
            : ReadOther(number, fields);
        if (refusal != RecordRefusal.None || _reader.Position - start > WireLimits.MaxRecordBytes)
        {
            return Refuse(refusal == RecordRefusal.None ? RecordRefusal.TooLong : refusal);
        }

        kind = number switch
        {
            (uint)RecordKind.RelativeStep or (uint)RecordKind.NotedStep => RecordKind.Step,
            <= (uint)RecordKind.Trace => (RecordKind)number,
            _ => RecordKind.Unknown,
        };
        return true;
    }

    private RecordRefusal ReadOther(uint number, int fields)
    {
        var isRead = (RecordKind)number switch
        {
            RecordKind.Step => TryReadAbsolute(fields),
            RecordKind.Trace => TryReadTrace(fields),
            RecordKind.Chart => TryReadChart(fields),
            RecordKind.Name => TryReadName(fields),
            RecordKind.Lost => TryReadLost(fields),
            RecordKind.End => TryReadEnd(fields),
            _ => _reader.TrySkip(fields - 1, MaxFieldDepth),
        };
        return isRead ? RecordRefusal.None : RecordRefusal.Form;
    }

    private bool TryReadChart(int fields)
    {
        var isRead = ChartRecord.TryReadFields(ref _reader, fields, out var chart);
        Chart = chart;
        return isRead;
    }

    private bool TryReadName(int fields)
    {
        var isRead = NameRecord.TryReadFields(ref _reader, fields, out var name);
        Name = name;
        return isRead;
    }

    private bool TryReadLost(int fields)
    {
        var isRead = LostRecord.TryReadFields(ref _reader, fields, out var lost);
        Lost = lost;
        return isRead;
    }

    private bool TryReadEnd(int fields)
    {
        var isRead = EndRecord.TryReadFields(ref _reader, fields, out var end);
        End = end;
        return isRead;
    }

    private bool Refuse(RecordRefusal refusal)
    {
        Refusal = refusal;
        _left = 0;
        return false;
    }
}
