using System.Runtime.CompilerServices;

namespace Mesh.Core.Foreign;

/// <summary>The last values of a kind; grows from one to 512 as it fills and as the budget lets it.</summary>
/// <remarks>
/// From 16 values on it grows by blocks of 16, so that nothing is copied and little stands empty. Once it had to
/// overwrite a value it stays as large as it is.
/// </remarks>
/// <typeparam name="T">What is kept.</typeparam>
/// <param name="budget">What the storage is taken from.</param>
internal sealed class KeptRing<T>(ViewBudget budget)
    where T : unmanaged
{
    /// <summary>The most values that are kept.</summary>
    public const int MaxCapacity = 512;

    private const int BlockBits = 4;
    private const int BlockSize = 1 << BlockBits;
    private const int BlockMask = BlockSize - 1;

    private T[] _first = [];
    private T[][]? _blocks;
    private int _capacity;
    private int _next;
    private bool _isFixed;

    /// <summary>How many values are kept.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of storage.</summary>
    public long StorageBytes => (long)_capacity * Unsafe.SizeOf<T>();

    /// <summary>A value that is kept.</summary>
    /// <param name="index">Its place, from 0 for the oldest.</param>
    /// <returns>The value in its place.</returns>
    public ref readonly T this[int index]
    {
        get
        {
            var place = _next - Count + index;
            return ref At(place < 0 ? place + _capacity : place);
        }
    }

    /// <summary>Makes room for a value, if it still may grow.</summary>
    /// <returns>False when <see cref="Add"/> will overwrite the oldest value.</returns>
    public bool MakeRoom()
    {
        if (Count < _capacity || (!_isFixed && TryGrow()))
        {
            return true;
        }

        _isFixed = true;
        return false;
    }

    /// <summary>Gives the place for a new value, after <see cref="MakeRoom"/>: over the oldest when there is no more
    /// room.</summary>
    /// <returns>The place, to be written.</returns>
    public ref T Add()
    {
        Count = Math.Min(Count + 1, _capacity);
        var place = _next < _capacity ? _next : 0;
        _next = place + 1;
        return ref At(place);
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

    private ref T At(int place) =>
        ref place < BlockSize ? ref _first[place] : ref _blocks![(place >> BlockBits) - 1][place & BlockMask];

    // Only ever called while the values lie in order from the first place on.
    private bool TryGrow()
    {
        var capacity = _capacity < BlockSize ? Math.Max(1, 2 * _capacity) : _capacity + BlockSize;
        if (capacity > MaxCapacity)
        {
            return false;
        }

        var cost = (long)(capacity - _capacity) * Unsafe.SizeOf<T>();
        if (_capacity == 0)
        {
            // Even a chart beyond the budget keeps its last value.
            budget.Take(cost);
        }
        else if (!budget.TryTake(cost))
        {
            return false;
        }

        if (capacity <= BlockSize)
        {
            Array.Resize(ref _first, capacity);
        }
        else
        {
            _blocks ??= new T[(MaxCapacity / BlockSize) - 1][];
            _blocks[(_capacity >> BlockBits) - 1] = new T[BlockSize];
        }

        _capacity = capacity;
        return true;
    }
}
