using System.Diagnostics;
using System.Text.Unicode;
using Mesh.Statecharts.Definition;

namespace Mesh.Statecharts.Instrumentation;

/// <summary>Collects the notes of one step in the form that travels (<see cref="NoteReader"/>). One thread;
/// reused.</summary>
/// <remarks>
/// The last <see cref="MaxCount"/> notes that make lines are kept, as far as they fit <see cref="MaxBytes"/>; older
/// ones are
/// counted. Notes without which the step could not be told (report, target, fault) always stay.
/// </remarks>
public sealed class NoteWriter
{
    /// <summary>The most that the notes of a step take, in bytes.</summary>
    public const int MaxBytes = 8 * 1_024;

    /// <summary>The most notes of a step that make lines.</summary>
    public const int MaxCount = 250;

    /// <summary>The longest text of a note, in bytes of UTF-8; the rest is cut.</summary>
    public const int MaxTextBytes = 4 * 1_024;

    private const int MaxNumber = (1 << 21) - 1;
    private const int MaxHeaderBytes = 1 + 3 + 3;

    // The writer tidies up when twice as much as may stay has gathered, so that dropping costs little per note.
    private const int GatherBytes = 2 * MaxBytes;
    private const int GatherCount = 2 * MaxCount;

    private byte[] _buffer = [];
    private int _length;
    private int _lineCount;

    /// <summary>Whether nothing was written since <see cref="Clear"/>.</summary>
    public bool IsEmpty => _length == 0;

    /// <summary>How many notes were not kept.</summary>
    public uint DroppedCount { get; private set; }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _length = 0;
        _lineCount = 0;
        DroppedCount = 0;
    }

    /// <summary>Drops what is too much and hands out the rest, until the next call of another member.</summary>
    /// <returns>At most <see cref="MaxBytes"/>.</returns>
    public ReadOnlySpan<byte> Seal()
    {
        Tidy();
        return _buffer.AsSpan(0, _length);
    }

    /// <summary>Adds a note whose body is a number.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="place">Which handler call of the step did it; see <see cref="Note.Place"/>.</param>
    /// <param name="number">A signal or a state.</param>
    public void Add(NoteKind kind, int place, int number)
    {
        Debug.Assert(number is >= 0 and <= MaxNumber, "signals and states have small numbers");
        Span<byte> body = stackalloc byte[3];
        Add(kind, place, body[..WriteNumber(body, number)]);
    }

    /// <summary>Adds a note whose body is two numbers.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="place">Which handler call of the step did it; see <see cref="Note.Place"/>.</param>
    /// <param name="number">The first number.</param>
    /// <param name="detail">The second number.</param>
    public void Add(NoteKind kind, int place, int number, int detail)
    {
        Debug.Assert((uint)number <= MaxNumber && (uint)detail <= MaxNumber, "the kinds have small numbers");
        Span<byte> body = stackalloc byte[6];
        var size = WriteNumber(body, number);
        Add(kind, place, body[..(size + WriteNumber(body[size..], detail))]);
    }

    /// <summary>Adds a line of the author's own.</summary>
    /// <param name="place">Which handler call of the step did it; see <see cref="Note.Place"/>.</param>
    /// <param name="text">The line; cut to <see cref="MaxTextBytes"/>.</param>
    public void AddScribble(int place, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        AddText(NoteKind.Scribble, place, [], text);
    }

    /// <summary>Adds that a state answered otherwise than the definition says.</summary>
    /// <param name="place">Which handler call of the step did it; see <see cref="Note.Place"/>.</param>
    /// <param name="report">What it answered.</param>
    public void AddReport(int place, Report report) => Add(NoteKind.Report, place, [(byte)report]);

    /// <summary>Adds that a handler threw.</summary>
    /// <param name="place">Which handler call of the step did it; see <see cref="Note.Place"/>.</param>
    /// <param name="state">The number of the state whose handler it was.</param>
    /// <param name="type">The name of the exception's type; its message stays here.</param>
    public void AddFault(int place, int state, string type)
    {
        ArgumentNullException.ThrowIfNull(type);
        Span<byte> body = stackalloc byte[3];
        AddText(NoteKind.Fault, place, body[..WriteNumber(body, state)], type);
    }

    /// <summary>Adds that a microstep began.</summary>
    /// <param name="place">Which call of the step it is.</param>
    /// <param name="body">As <see cref="NoteKind.Microstep"/> tells it.</param>
    internal void AddMicrostep(int place, ReadOnlySpan<byte> body) => Add(NoteKind.Microstep, place, body);

    /// <summary>Writes a number as <see cref="NoteReader"/> reads it.</summary>
    /// <param name="destination">At least 3 bytes.</param>
    /// <param name="number">0 to 2,097,151.</param>
    /// <returns>How many bytes it took.</returns>
    internal static int WriteNumber(Span<byte> destination, int number)
    {
        var size = 0;
        for (; number >= 0x80; number >>= 7)
        {
            destination[size++] = (byte)(number | 0x80);
        }

        destination[size++] = (byte)number;
        return size;
    }

    private static bool MakesLines(NoteKind kind) =>
        kind is not (NoteKind.Report or NoteKind.Target or NoteKind.Fault or NoteKind.Cause or NoteKind.HybridClock);

    private void AddText(NoteKind kind, int place, ReadOnlySpan<byte> prefix, string text)
    {
        var body = Reserve(kind, MaxHeaderBytes + prefix.Length + Math.Min(MaxTextBytes, text.Length * 3));
        prefix.CopyTo(body[MaxHeaderBytes..]);
        var room = body[(MaxHeaderBytes + prefix.Length)..];

        // Stops before a character that does not fit, so the text stays UTF-8.
        _ = Utf8.FromUtf16(text, room[..Math.Min(room.Length, MaxTextBytes)], out _, out var textBytes);
        Finish(kind, place, prefix.Length + textBytes);
    }

    private void Add(NoteKind kind, int place, ReadOnlySpan<byte> body)
    {
        body.CopyTo(Reserve(kind, MaxHeaderBytes + body.Length)[MaxHeaderBytes..]);
        Finish(kind, place, body.Length);
    }

    private Span<byte> Reserve(NoteKind kind, int bytes)
    {
        if (_length > GatherBytes || (_lineCount >= GatherCount && MakesLines(kind)))
        {
            Tidy();
        }

        if (_length + bytes > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(_length + bytes, Math.Max(64, 2 * _buffer.Length)));
        }

        return _buffer.AsSpan(_length, bytes);
    }

    // The body stands behind room for the longest header; it is moved up to the header it got.
    private void Finish(NoteKind kind, int place, int bodyBytes)
    {
        Debug.Assert(place is >= 0 and <= MaxNumber, "a step has few handler calls");
        Span<byte> placeBytes = stackalloc byte[3];
        placeBytes = placeBytes[..WriteNumber(placeBytes, place)];
        var note = _buffer.AsSpan(_length);
        note[0] = (byte)kind;
        var position = 1 + WriteNumber(note[1..], placeBytes.Length + bodyBytes);
        var body = note.Slice(MaxHeaderBytes, bodyBytes);
        placeBytes.CopyTo(note[position..]);
        position += placeBytes.Length;
        body.CopyTo(note[position..]);
        _length += position + bodyBytes;
        _lineCount += MakesLines(kind) ? 1 : 0;
    }

    private void Tidy()
    {
        if (_length <= MaxBytes && _lineCount <= MaxCount)
        {
            return;
        }

        var excessBytes = _length - MaxBytes;
        var excessCount = _lineCount - MaxCount;
        var kept = 0;
        for (var position = 0; position < _length;)
        {
            _ = NoteReader.TryReadNumber(_buffer.AsSpan(position + 1), out var length, out var lengthBytes);
            var size = 1 + lengthBytes + length;
            if ((excessBytes > 0 || excessCount > 0) && MakesLines((NoteKind)_buffer[position]))
            {
                excessBytes -= size;
                excessCount--;
                _lineCount--;
                DroppedCount++;
            }
            else
            {
                _buffer.AsSpan(position, size).CopyTo(_buffer.AsSpan(kept));
                kept += size;
            }

            position += size;
        }

        _length = kept;
    }
}
