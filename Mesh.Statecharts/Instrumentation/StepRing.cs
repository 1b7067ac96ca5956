using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Mesh.Statecharts.Instrumentation;

/// <summary>
/// The last steps of one chart: written by whatever thread runs the chart, read by anybody, without locks. The last
/// trace
/// lines are kept apart, so that steps without a transition cannot push them out.
/// </summary>
/// <remarks>
/// Holds at least the last 16 steps and up to 512, the last 512 trace lines and up to 256 KiB of notes (fewer of the
/// first two if it is made so); storage grows as it fills and never shrinks. What is overwritten before a reader came
/// is reported to it as lost.
/// </remarks>
public sealed class StepRing
{
    /// <summary>The most steps and trace lines that are held.</summary>
    public const int MaxCapacity = 512;

    private SlotRing<PackedStep> _steps;
    private SlotRing<PackedTrace> _trace;
    private readonly NoteRing _notes = new();
    private StepDoorbell? _doorbell;

    /// <summary>Makes an empty ring.</summary>
    /// <param name="capacity">The most steps and trace lines that it is to hold, 80 bytes for both: a power of two from
    /// 16 to 512.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is out of its range or no power of two.</exception>
    public StepRing(int capacity = MaxCapacity)
    {
        ThrowIfNoCapacity(capacity);
        _steps = new SlotRing<PackedStep>(capacity);
        _trace = new SlotRing<PackedTrace>(capacity);
        Entry = new DoorbellEntry(this);
    }

    /// <summary>The number of the next step: how many were written so far.</summary>
    public ulong Head => _steps.Head;

    /// <summary>The number of the oldest step that is still held.</summary>
    public ulong Oldest => _steps.Oldest;

    /// <summary>The number of the next trace line: how many were written so far.</summary>
    public ulong TraceHead => _trace.Head;

    /// <summary>The number of the oldest trace line that is still held.</summary>
    public ulong TraceOldest => _trace.Oldest;

    /// <summary>What the owner of the doorbell wants to find on a ring it takes; the ring does not use it.</summary>
    public object? Tag { get; set; }

    /// <summary>What the doorbell knows of this ring.</summary>
    internal DoorbellEntry Entry { get; }

    /// <summary>Refuses what is no capacity of a ring.</summary>
    internal static void ThrowIfNoCapacity(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, SlotRing<PackedStep>.InitialCapacity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, MaxCapacity);
        ArgumentOutOfRangeException.ThrowIfNotEqual(int.IsPow2(capacity), true, nameof(capacity));
    }

    /// <summary>Lets a doorbell hear of new steps, and puts the ring on its list at once. Not concurrently with
    /// itself.</summary>
    /// <param name="doorbell">The doorbell, or <see langword="null"/> for none.</param>
    public void Attach(StepDoorbell? doorbell)
    {
        Volatile.Write(ref _doorbell, doorbell);
        doorbell?.Announce(Entry);
    }

    /// <summary>Reads the next step. Any thread; each reader keeps its own place.</summary>
    /// <param name="next">The number of the step to read; moved on by a read and past what was lost.</param>
    /// <param name="record">The step, when the result is <see cref="StepReadResult.Read"/>.</param>
    /// <param name="notes">Room for its notes; at least <see cref="NoteWriter.MaxBytes"/>.</param>
    /// <param name="noteBytes">How much of the room its notes take.</param>
    /// <param name="lostUpTo">
    /// When the result is <see cref="StepReadResult.Lost"/>: the number after the last lost step; the first is what
    /// <paramref name="next"/> was.
    /// </param>
    /// <returns>Whether there was a step.</returns>
    /// <exception cref="ArgumentException"><paramref name="notes"/> is too short.</exception>
    public StepReadResult TryRead(
        ref ulong next,
        out StepRecord record,
        Span<byte> notes,
        out int noteBytes,
        out ulong lostUpTo)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(notes.Length, NoteWriter.MaxBytes, nameof(notes));
        record = default;
        noteBytes = 0;
        lostUpTo = 0;
        if (next >= _steps.Head)
        {
            return StepReadResult.Empty;
        }

        if (_steps.TryCopy(next, out var packed) && _notes.TryCopy(packed.NotePosition, notes[..packed.NoteBytes]))
        {
            record = packed.Unpack(next);
            noteBytes = packed.NoteBytes;
            next++;
            return StepReadResult.Read;
        }

        // The step or its notes were overwritten; the one after it may be there still.
        lostUpTo = Math.Max(next + 1, _steps.Oldest);
        next = lostUpTo;
        return StepReadResult.Lost;
    }

    /// <summary>Reads the next trace line. Any thread; each reader keeps its own place.</summary>
    /// <param name="next">The number of the line to read, counting lines; moved on by a read and past what was
    /// lost.</param>
    /// <param name="record">The line, when the result is <see cref="StepReadResult.Read"/>.</param>
    /// <param name="lostUpTo">
    /// When the result is <see cref="StepReadResult.Lost"/>: the number after the last lost
    /// line.</param>
    /// <returns>Whether there was a line.</returns>
    public StepReadResult TryReadTrace(ref ulong next, out TraceRecord record, out ulong lostUpTo)
    {
        record = default;
        lostUpTo = 0;
        if (next >= _trace.Head)
        {
            return StepReadResult.Empty;
        }

        if (_trace.TryCopy(next, out var packed))
        {
            record = packed.Unpack();
            next++;
            return StepReadResult.Read;
        }

        lostUpTo = Math.Max(next + 1, _trace.Oldest);
        next = lostUpTo;
        return StepReadResult.Lost;
    }

    /// <summary>Adds a step. The chart's thread only.</summary>
    /// <param name="record">The step; its number is <see cref="Head"/>.</param>
    /// <param name="notes">Its notes, of the length that the record tells.</param>
    internal void Append(in StepRecord record, ReadOnlySpan<byte> notes)
    {
        Debug.Assert(record.Number == _steps.Head && record.NoteBytes == notes.Length, "the ring numbers steps");
        ref var slot = ref Begin();
        slot.Value.Pack(record);
        AddNotes(ref slot, notes, record.DroppedNotes);
        Commit(ref slot, PackedStep.IsTraced(record.Kind, record.Outcome.Kind));
    }

    /// <summary>Takes the slot of the next step, to be filled in place. The chart's thread only.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref RingSlot<PackedStep> Begin() => ref _steps.Begin();

    /// <summary>Adds the notes of the step whose slot <see cref="Begin"/> gave. The chart's thread only.</summary>
    /// <param name="slot">The slot, filled.</param>
    /// <param name="notes">The notes of the step.</param>
    /// <param name="droppedNotes">How many more there were.</param>
    internal void AddNotes(ref RingSlot<PackedStep> slot, ReadOnlySpan<byte> notes, uint droppedNotes) =>
        slot.Value.PackNotes(notes.Length, notes.IsEmpty ? 0 : _notes.Append(notes), droppedNotes);

    /// <summary>Publishes the step whose slot <see cref="Begin"/> gave. The chart's thread only.</summary>
    /// <param name="slot">The slot, filled.</param>
    /// <param name="isTraced">Whether it is a line of the trace.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Commit(ref RingSlot<PackedStep> slot, bool isTraced)
    {
        if (isTraced)
        {
            ref var line = ref _trace.Begin();
            line.Value.Number = _steps.Next;
            line.Value.Timestamp = slot.Value.Timestamp;
            line.Value.States = slot.Value.States;
            _trace.Commit(ref line);
        }

        _steps.Commit(ref slot);
        if (_doorbell is { } doorbell)
        {
            doorbell.Announce(Entry);
        }
    }
}
