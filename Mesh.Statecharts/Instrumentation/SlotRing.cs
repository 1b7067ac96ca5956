using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Mesh.Statecharts.Instrumentation;

/// <summary>The last values of one writer, numbered 0, 1, 2.., for any number of readers; no lock, overwrites the
/// oldest.</summary>
/// <remarks>
/// Each slot holds the number of its value plus one. The writer sets it to 0 before it changes the value and to the new
/// number after; a reader copies the value and takes it only if the number was right before and after. Capacity doubles
/// from <see cref="InitialCapacity"/> to the maximum when the ring is full; a reader that still holds the smaller array
/// reads values there that nobody changes any more.
/// </remarks>
/// <typeparam name="T">Numbers only: a reader may see a torn value before it throws it away.</typeparam>
internal sealed class SlotRing<T>(int maxCapacity)
    where T : unmanaged
{
    public const int InitialCapacity = 16;

    private Slot[] _slots = new Slot[InitialCapacity];
    private ulong _head;

    /// <summary>How many values were written; the number of the next one.</summary>
    public ulong Head => Volatile.Read(ref _head);

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
    public ref T Begin()
    {
        Debug.Assert(int.IsPow2(maxCapacity), "numbers become places by a mask");
        var number = _head;
        var slots = _slots;
        if (number == (ulong)slots.Length && slots.Length < maxCapacity)
        {
            slots = Grow(slots);
        }

        ref var slot = ref slots[(int)number & (slots.Length - 1)];
        slot.Mark = 0;
        Volatile.WriteBarrier();
        return ref slot.Value;
    }

    /// <summary>Gives the slot that <see cref="Begin"/> took to the readers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Commit()
    {
        var number = _head;
        var slots = _slots;
        Volatile.Write(ref slots[(int)number & (slots.Length - 1)].Mark, number + 1);
        Volatile.Write(ref _head, number + 1);
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

    private static bool IsHeld(Slot[] slots, ulong number)
    {
        Volatile.ReadBarrier();
        return slots[(int)number & (slots.Length - 1)].Mark == number + 1;
    }

    private Slot[] Grow(Slot[] slots)
    {
        var larger = new Slot[2 * slots.Length];
        for (var index = 0; index < slots.Length; index++)
        {
            larger[(int)(slots[index].Mark - 1) & (larger.Length - 1)] = slots[index];
        }

        Volatile.Write(ref _slots, larger);
        return larger;
    }

    private struct Slot
    {
        public ulong Mark;
        public T Value;
    }
}
