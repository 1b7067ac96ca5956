using System.Runtime.CompilerServices;

namespace Mesh.Core.Foreign;

/// <summary>The last values of a kind; grows from 16 to 512 as it fills and as the budget lets it.</summary>
/// <typeparam name="T">What is kept.</typeparam>
/// <param name="budget">What the storage is taken from.</param>
internal sealed class KeptRing<T>(ViewBudget budget)
    where T : struct
{
    /// <summary>The most values that are kept.</summary>
    public const int MaxCapacity = 512;

    private const int FirstCapacity = 16;

    private T[] _values = [];
    private int _head;

    /// <summary>How many values are kept.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of storage.</summary>
    public long StorageBytes => (long)_values.Length * Unsafe.SizeOf<T>();

    /// <summary>A value that is kept.</summary>
    /// <param name="index">Its place, from 0 for the oldest.</param>
    /// <returns>The value in its place.</returns>
    public ref readonly T this[int index] => ref _values[(_head + index) & (_values.Length - 1)];

    /// <summary>Adds a value, over the oldest when there is no more room.</summary>
    /// <param name="value">The value.</param>
    public void Add(in T value)
    {
        if (Count == _values.Length && !TryGrow())
        {
            if (_values.Length == 0)
            {
                return;
            }

            _values[_head] = value;
            _head = (_head + 1) & (_values.Length - 1);
            return;
        }

        _values[(_head + Count) & (_values.Length - 1)] = value;
        Count++;
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

    private bool TryGrow()
    {
        var capacity = Math.Max(FirstCapacity, 2 * _values.Length);
        if (capacity > MaxCapacity || !budget.TryTake((long)(capacity - _values.Length) * Unsafe.SizeOf<T>()))
        {
            return false;
        }

        var larger = new T[capacity];
        for (var index = 0; index < Count; index++)
        {
            larger[index] = this[index];
        }

        _values = larger;
        _head = 0;
        return true;
    }
}
