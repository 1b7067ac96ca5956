using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Mesh.Statecharts.Instrumentation;

/// <summary>The last values of one writer, numbered 0, 1, 2.., for any number of readers; no lock, overwrites the
/// oldest.</summary>
/// <remarks>
/// Each slot holds the number of its value plus one. The writer sets it to 0 before it changes the value and to the new
/// number after; a reader copies the value and takes it only if the number was right before and after. Capacity doubles
/// from <see cref="InitialCapacity"/> to the maximum when the ring is full; a reader that still holds the smaller array
/// reads values there that nobody changes any more. A struct, to lie in what owns it: keep it in a field that is not
/// readonly, and do not copy it.
/// </remarks>
/// <typeparam name="T">Numbers only: a reader may see a torn value before it throws it away.</typeparam>
internal struct SlotRing<T>
    where T : unmanaged
{
    public const int InitialCapacity = 16;

    private readonly int _maxCapacity;
    private RingSlot<T>[] _slots = new RingSlot<T>[InitialCapacity];
    private ulong _head;

    /// <summary>Makes an empty ring.</summary>
    /// <param name="maxCapacity">The most values that are held; a power of two.</param>
    public SlotRing(int maxCapacity)
    {
        Debug.Assert(int.IsPow2(maxCapacity), "numbers become places by a mask");
        _maxCapacity = maxCapacity;
    }

    /// <summary>How many values were written; the number of the next one.</summary>
    public ulong Head => Volatile.Read(ref _head);

    /// <summary>The number of the next value. The writer's thread only.</summary>
    public readonly ulong Next => _head;

    /// <summary>The number of the oldest value that is still held.</summary>
    public ulong Oldest
    {
        get
        {
            var head = Head;
            var capacity = (ulong)Volatile.Read(ref _slots).Length;
            return head > capacity ? head - capacity : 0;
        }
    }

    /// <summary>Takes the next slot from the readers, to be filled in place. The writer's thread only.</summary>
    /// <returns>The slot, with what an older value left in it.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref RingSlot<T> Begin()
    {
        var number = _head;
        var slots = _slots;
        if (number == (ulong)slots.Length && slots.Length < _maxCapacity)
        {
            slots = Grow(slots);
        }

        ref var slot = ref slots[(int)number & (slots.Length - 1)];
        slot.Mark = 0;
        Volatile.WriteBarrier();
        return ref slot;
    }

    /// <summary>Gives the slot that <see cref="Begin"/> took to the readers.</summary>
    /// <param name="slot">The slot.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Commit(ref RingSlot<T> slot)
    {
        var next = _head + 1;
        Volatile.Write(ref slot.Mark, next);
        Volatile.Write(ref _head, next);
    }

    /// <summary>Copies a value. Any thread.</summary>
    /// <param name="number">The number of the value.</param>
    /// <param name="value">The value, when the method returns <see langword="true"/>.</param>
    /// <returns><see langword="false"/> when the value is not there yet or not any more.</returns>
    public bool TryCopy(ulong number, out T value)
    {
        var slots = Volatile.Read(ref _slots);
        ref var slot = ref slots[(int)number & (slots.Length - 1)];
        if (Volatile.Read(ref slot.Mark) != number + 1)
        {
            value = default;
            return false;
        }

        value = slot.Value;
        return IsHeld(slots, number);
    }

    /// <summary>Whether the value is still there: to be asked after something that belongs to it was copied.</summary>
    public bool IsHeld(ulong number) => IsHeld(Volatile.Read(ref _slots), number);

    private static bool IsHeld(RingSlot<T>[] slots, ulong number)
    {
        Volatile.ReadBarrier();
        return slots[(int)number & (slots.Length - 1)].Mark == number + 1;
    }

    private RingSlot<T>[] Grow(RingSlot<T>[] slots)
    {
        var larger = new RingSlot<T>[2 * slots.Length];
        for (var index = 0; index < slots.Length; index++)
        {
            larger[(int)(slots[index].Mark - 1) & (larger.Length - 1)] = slots[index];
        }

        Volatile.Write(ref _slots, larger);
        return larger;
    }
}
