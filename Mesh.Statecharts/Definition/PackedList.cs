using System.Collections;

namespace Mesh.Statecharts.Definition;

/// <summary>The items of a definition as objects, each made when it is first asked for. Any thread.</summary>
/// <typeparam name="T">What the items are.</typeparam>
/// <param name="count">How many items there are.</param>
/// <param name="make">Makes one out of the canonical bytes.</param>
internal sealed class PackedList<T>(int count, Func<int, T> make) : IReadOnlyList<T>
    where T : class
{
    private T?[]? _made;

    public int Count => count;

    public T this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)count, nameof(index));
            var made = Volatile.Read(ref _made) ?? MakeRoom();
            return Volatile.Read(ref made[index]) ?? Make(made, index);
        }
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (var index = 0; index < count; index++)
        {
            yield return this[index];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private T?[] MakeRoom() => Interlocked.CompareExchange(ref _made, new T?[count], null) ?? _made!;

    // The first one stays, whoever made it: an item is the same object each time.
    private T Make(T?[] made, int index)
    {
        var item = make(index);
        return Interlocked.CompareExchange(ref made[index], item, null) ?? item;
    }
}
