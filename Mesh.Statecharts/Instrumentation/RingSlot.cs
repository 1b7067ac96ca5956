namespace Mesh.Statecharts.Instrumentation;

/// <summary>A place of a <see cref="SlotRing{T}"/>.</summary>
/// <typeparam name="T">Numbers only.</typeparam>
internal struct RingSlot<T>
    where T : unmanaged
{
    /// <summary>The number of the value plus one; 0 while it is written. The ring's alone.</summary>
    public ulong Mark;

    /// <summary>The value.</summary>
    public T Value;
}
