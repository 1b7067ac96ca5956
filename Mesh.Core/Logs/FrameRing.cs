using System.Diagnostics;

namespace Mesh.Core.Logs;

/// <summary>The newest sealed frames of one lane, in an arena of segments, for repair and history.</summary>
/// <remarks>
/// A frame is written straight into the arena: <see cref="Reserve"/>, seal into the span, <see cref="Commit"/>. The
/// oldest frames go when the bytes exceed <see cref="FrameRingLimits.MaxBytes"/>, or exceed
/// <see cref="FrameRingLimits.MinBytes"/> and are older than <see cref="FrameRingLimits.KeepTime"/>. Segments that
/// hold no frame any more are used again, so a busy lane allocates nothing once its ring is full. One thread (the
/// loop) uses it.
/// </remarks>
internal sealed class FrameRing
{
    private const int FirstSegmentBytes = 128 * 1024;
    private const int MaxSpareSegments = 4;

    private readonly FrameRingLimits _limits;
    private readonly Queue<Segment> _segments = new();
    private readonly Stack<byte[]> _spare = new();
    private Entry[] _entries = new Entry[64];
    private int _head;
    private int _count;
    private Segment? _current;
    private long _bytes;

    /// <summary>Makes an empty ring whose first frame will be number 1.</summary>
    /// <param name="limits">How much is kept.</param>
    public FrameRing(FrameRingLimits limits) => _limits = limits.Validated();

    /// <summary>Number of the oldest frame held; <see cref="Last"/> + 1 when none is.</summary>
    public ulong First => Last + 1 - (ulong)_count;

    /// <summary>Number of the newest frame appended; 0 before the first.</summary>
    public ulong Last { get; private set; }

    /// <summary>Bytes of the frames held.</summary>
    public long Bytes => _bytes;

    /// <summary>Gives room for the next frame; stays valid until the next call.</summary>
    /// <param name="maxBytes">The greatest size that the frame may have.</param>
    /// <returns>At least <paramref name="maxBytes"/> bytes to write the frame into.</returns>
    public Span<byte> Reserve(int maxBytes)
    {
        if (_current is null || _current.Buffer.Length - _current.Used < maxBytes)
        {
            _current = NextSegment(maxBytes);
            _segments.Enqueue(_current);
        }

        return _current.Buffer.AsSpan(_current.Used);
    }

    /// <summary>Keeps the frame that was written into the reserved room and drops what is too old.</summary>
    /// <param name="frame">The frame; its number is that of the last one + 1.</param>
    /// <param name="length">How many bytes were written.</param>
    /// <param name="now">Monotonic time.</param>
    /// <returns>The frame, valid until it is dropped.</returns>
    public ReadOnlySpan<byte> Commit(scoped in KeptFrame frame, int length, TimeSpan now)
    {
        Debug.Assert(_current is not null && _current.Used + length <= _current.Buffer.Length, "reserve comes first");
        Debug.Assert(frame.Number == Last + 1, "frames are numbered without holes");

        if (_count == _entries.Length)
        {
            GrowEntries();
        }

        var segment = _current!;
        _entries[(_head + _count) & (_entries.Length - 1)] = new Entry(segment, segment.Used, length, frame, now);
        _count++;
        segment.Used += length;
        segment.Frames++;
        _bytes += length;
        Last = frame.Number;
        DropOld(now);
        return segment.Buffer.AsSpan(segment.Used - length, length);
    }

    /// <summary>Finds a frame.</summary>
    /// <param name="number">Any number, untrusted.</param>
    /// <param name="frame">The frame as it was sent, valid until the next <see cref="Commit"/>.</param>
    /// <param name="kept">What is known of it.</param>
    /// <returns>False when that frame is no longer or not yet held.</returns>
    public bool TryGet(ulong number, out ReadOnlySpan<byte> frame, out KeptFrame kept)
    {
        if (number < First || number > Last)
        {
            frame = default;
            kept = default;
            return false;
        }

        ref readonly var entry = ref EntryOf(number);
        frame = entry.Segment.Buffer.AsSpan(entry.Offset, entry.Length);
        kept = entry.Frame;
        return true;
    }

    private ref readonly Entry EntryOf(ulong number) =>
        ref _entries[(_head + (int)(number - First)) & (_entries.Length - 1)];

    private void DropOld(TimeSpan now)
    {
        // The newest frame always stays: it has just been sealed and is about to be sent.
        while (_count > 1 && _bytes > _limits.MinBytes)
        {
            ref var oldest = ref _entries[_head];
            if (_bytes <= _limits.MaxBytes && now - oldest.SealedAt < _limits.KeepTime)
            {
                return;
            }

            _bytes -= oldest.Length;
            oldest.Segment.Frames--;
            oldest = default;
            _head = (_head + 1) & (_entries.Length - 1);
            _count--;
            FreeSegments();
        }
    }

    private void FreeSegments()
    {
        while (_segments.TryPeek(out var segment) && segment.Frames == 0 && segment != _current)
        {
            _ = _segments.Dequeue();
            if (segment.Buffer.Length == _limits.SegmentBytes && _spare.Count < MaxSpareSegments)
            {
                _spare.Push(segment.Buffer);
            }
        }
    }

    private Segment NextSegment(int minBytes)
    {
        // Small lanes stay small: segments double from the first size up to the limit.
        var size = _current is null ? FirstSegmentBytes : _current.Buffer.Length * 2;
        size = Math.Min(size, _limits.SegmentBytes);
        if (size == _limits.SegmentBytes && minBytes <= size && _spare.TryPop(out var buffer))
        {
            return new Segment(buffer);
        }

        return new Segment(GC.AllocateUninitializedArray<byte>(Math.Max(size, minBytes)));
    }

    private void GrowEntries()
    {
        var larger = new Entry[_entries.Length * 2];
        for (var index = 0; index < _count; index++)
        {
            larger[index] = _entries[(_head + index) & (_entries.Length - 1)];
        }

        _entries = larger;
        _head = 0;
    }

    private readonly record struct Entry(
        Segment Segment, int Offset, int Length, KeptFrame Frame, TimeSpan SealedAt);

    private sealed class Segment(byte[] buffer)
    {
        public byte[] Buffer { get; } = buffer;

        public int Used { get; set; }

        public int Frames { get; set; }
    }
}
