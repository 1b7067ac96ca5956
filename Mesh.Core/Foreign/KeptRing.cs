using System.Runtime.CompilerServices;

namespace Mesh.Core.Foreign;

/// <summary>The last values of a kind; grows from one to 512 as it fills and as the budget lets it.</summary>
/// <typeparam name="T">What is kept.</typeparam>
/// <param name="budget">What the storage is taken from.</param>
internal sealed class KeptRing<T>(ViewBudget budget)
    where T : unmanaged
{
    /// <summary>The most values that are kept.</summary>
    public const int MaxCapacity = 512;

    private T[] _values = [];
    private int _next;

    /// <summary>How many values are kept.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of storage.</summary>
    public long StorageBytes => (long)_values.Length * Unsafe.SizeOf<T>();

    /// <summary>A value that is kept.</summary>
    /// <param name="index">Its place, from 0 for the oldest.</param>
    /// <returns>The value in its place.</returns>
    public ref readonly T this[int index] => ref _values[(_next - Count + index) & (_values.Length - 1)];

    /// <summary>Gives the place for a new value: over the oldest when there is no more room.</summary>
    /// <returns>The place, to be written; nobody else's when nothing at all can be kept.</returns>
    public ref T Add()
    {
        if (Count < _values.Length)
        {
            Count++;
        }
        else if (_values.Length < MaxCapacity)
        {
            Grow();
        }

        return ref _values[_next++ & (_values.Length - 1)];
    }

    /// <summary>Copies all values, oldest first.</summary>
    /// <returns>The copy.</returns>
    public T[] ToArray()
    {
        var copy = new T[Count];
        for (var index = 0; index < copy.Length; index++)
        {
            copy[index] = this[index];
        }

        return copy;
    }

    private void Grow()
    {
        var capacity = Math.Max(1, 2 * _values.Length);
        if (!budget.TryTake((long)(capacity - _values.Length) * Unsafe.SizeOf<T>()))
        {
            // Even a chart beyond the budget keeps its last value.
            capacity = Math.Max(1, _values.Length);
        }

        if (capacity > _values.Length)
        {
            var larger = new T[capacity];
            ToArray().CopyTo(larger, 0);
            _values = larger;
            _next = Count;
            Count++;
        }
    }
}
