namespace Mesh.Statecharts;

/// <summary>Where a published event goes in the queue of a subscriber.</summary>
public enum QueueType
{
    /// <summary>To the end; behind what was posted, before published events of a lower priority.</summary>
    Fifo,

    /// <summary>To the front, before everything that waits.</summary>
    Lifo,
}
