namespace Mesh.Statecharts.Instrumentation;

/// <summary>The bytes that belong to the values of a <see cref="SlotRing{T}"/>; one writer, any number of readers, no
/// lock.</summary>
/// <remarks>
/// Positions count all bytes ever written. Before bytes are overwritten the floor is raised above them; a reader
/// copies and
/// then looks whether the floor is still below what it copied.
/// </remarks>
internal sealed class NoteRing
{
    private const int InitialCapacity = 256;
    private const int MaxCapacity = 256 * 1_024;

    private byte[] _bytes = [];
    private long _head;
    private long _floor;

    /// <summary>Stores bytes. The writer's thread only.</summary>
    /// <param name="notes">At most <see cref="NoteWriter.MaxBytes"/>.</param>
    /// <returns>Their position.</returns>
    public long Append(ReadOnlySpan<byte> notes)
    {
        var start = _head;
        var end = start + notes.Length;
        if (end > _bytes.Length && _bytes.Length < MaxCapacity)
        {
            Grow(end);
        }

        var bytes = _bytes;
        if (end - bytes.Length > _floor)
        {
            Volatile.Write(ref _floor, end - bytes.Length);
            Volatile.WriteBarrier();
        }

        var index = (int)start & (bytes.Length - 1);
        var first = Math.Min(notes.Length, bytes.Length - index);
        notes[..first].CopyTo(bytes.AsSpan(index));
        notes[first..].CopyTo(bytes);
        _head = end;
        return start;
    }

    /// <summary>Copies bytes. Any thread, after the value that they belong to was seen.</summary>
    /// <param name="position">Where they are.</param>
    /// <param name="destination">Exactly as long as they are.</param>
    /// <returns><see langword="false"/> when they were overwritten; the destination then holds rubbish.</returns>
    public bool TryCopy(long position, Span<byte> destination)
    {
        if (destination.IsEmpty)
        {
            return true;
        }

        var bytes = Volatile.Read(ref _bytes);
        var index = (int)position & (bytes.Length - 1);
        var first = Math.Min(destination.Length, bytes.Length - index);
        bytes.AsSpan(index, first).CopyTo(destination);
        bytes.AsSpan(0, destination.Length - first).CopyTo(destination[first..]);
        Volatile.ReadBarrier();
        return Volatile.Read(ref _floor) <= position;
    }

    private void Grow(long end)
    {
        var capacity = Math.Max(InitialCapacity, _bytes.Length);
        while (capacity < end && capacity < MaxCapacity)
        {
            capacity *= 2;
        }

        // Until the ring has its largest size nothing wraps around, so old and new places are the same.
        var larger = new byte[capacity];
        _bytes.CopyTo(larger, 0);
        Volatile.Write(ref _bytes, larger);
    }
}
