namespace Mesh.Statecharts.Engine;

/// <summary>What a step record says of the queues; kept by whoever has the queues, read by the engine at the end of a
/// step.</summary>
internal sealed class QueueLengths
{
    private int _queued;
    private int _deferred;

    /// <summary>How many events wait.</summary>
    public int Queued
    {
        get => Volatile.Read(ref _queued);
        set => Volatile.Write(ref _queued, value);
    }

    /// <summary>How many events are deferred.</summary>
    public int Deferred
    {
        get => Volatile.Read(ref _deferred);
        set => Volatile.Write(ref _deferred, value);
    }
}
