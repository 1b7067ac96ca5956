namespace Mesh.Statecharts.Hosting;

/// <summary>A queue with two ends; storage grows as needed and is kept. Not thread-safe.</summary>
internal sealed class Deque<T>
{
    private const int FirstCapacity = 4;

    private T[] _items = [];
    private int _head;

    public int Count { get; private set; }

    /// <summary>The items from the front, 0 to <see cref="Count"/> - 1.</summary>
    public T this[int index]
    {
        get => _items[(_head + index) & (_items.Length - 1)];
        set => _items[(_head + index) & (_items.Length - 1)] = value;
    }

    public void AddLast(T item)
    {
        MakeRoom();
        _items[(_head + Count) & (_items.Length - 1)] = item;
        Count++;
    }

    public void AddFirst(T item)
    {
        MakeRoom();
        _head = (_head - 1) & (_items.Length - 1);
        _items[_head] = item;
        Count++;
    }

    public bool TryTakeFirst(out T item)
    {
        if (Count == 0)
        {
            item = default!;
            return false;
        }

        item = _items[_head];
        _items[_head] = default!;
        _head = (_head + 1) & (_items.Length - 1);
        Count--;
        return true;
    }

    /// <summary>Takes an item out of the middle; those behind it move up.</summary>
    public void RemoveAt(int index)
    {
        for (; index < Count - 1; index++)
        {
            this[index] = this[index + 1];
        }

        this[index] = default!;
        Count--;
    }

    /// <summary>A copy of the items, from the front.</summary>
    public T[] ToArray()
    {
        var items = new T[Count];
        for (var index = 0; index < Count; index++)
        {
            items[index] = this[index];
        }

        return items;
    }

    public void Clear()
    {
        _items = [];
        _head = 0;
        Count = 0;
    }

    private void MakeRoom()
    {
        if (Count < _items.Length)
        {
            return;
        }

        var larger = new T[Math.Max(FirstCapacity, 2 * _items.Length)];
        for (var index = 0; index < Count; index++)
        {
            larger[index] = _items[(_head + index) & (_items.Length - 1)];
        }

        _items = larger;
        _head = 0;
    }
}
