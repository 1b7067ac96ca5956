namespace Mesh.Core.Foreign;

/// <summary>The notes of the steps that are kept: the last 256 KiB, as far as the budget lets it grow.</summary>
/// <remarks>Positions count all bytes that were ever added.</remarks>
/// <param name="budget">What the storage is taken from.</param>
internal sealed class NoteStore(ViewBudget budget)
{
    private const int FirstBytes = 32;
    private const int MaxBytes = 256 * 1_024;

    private byte[] _bytes = [];
    private long _head;

    /// <summary>Bytes of storage.</summary>
    public long StorageBytes => _bytes.Length;

    /// <summary>Adds the notes of a step, over the oldest when there is no more room.</summary>
    /// <param name="notes">The notes.</param>
    /// <returns>Their position.</returns>
    public long Add(ReadOnlySpan<byte> notes)
    {
        while (_head + notes.Length > _bytes.Length && TryGrow())
        {
            // Until the store has its largest size nothing wraps around, so that old places stay right.
        }

        var position = _head;
        _head += notes.Length;
        if (notes.Length > _bytes.Length)
        {
            return position;
        }

        var index = (int)(position & (_bytes.Length - 1));
        var first = Math.Min(notes.Length, _bytes.Length - index);
        notes[..first].CopyTo(_bytes.AsSpan(index));
        notes[first..].CopyTo(_bytes);
        return position;
    }

    /// <summary>Copies the notes of a step.</summary>
    /// <param name="position">Their position.</param>
    /// <param name="destination">Exactly as long as they are.</param>
    /// <returns>False when they were overwritten.</returns>
    public bool TryCopy(long position, Span<byte> destination)
    {
        if (position < _head - _bytes.Length)
        {
            return destination.IsEmpty;
        }

        var index = (int)(position & (_bytes.Length - 1));
        var first = Math.Min(destination.Length, _bytes.Length - index);
        _bytes.AsSpan(index, first).CopyTo(destination);
        _bytes.AsSpan(0, destination.Length - first).CopyTo(destination[first..]);
        return true;
    }

    private bool TryGrow()
    {
        var size = Math.Max(FirstBytes, 2 * _bytes.Length);
        if (size > MaxBytes || _head > _bytes.Length || !budget.TryTake(size - _bytes.Length))
        {
            return false;
        }

        Array.Resize(ref _bytes, size);
        return true;
    }
}
