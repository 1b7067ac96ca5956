namespace Mesh.Statecharts.Hosting;

/// <summary>An event that waits, its signal already numbered.</summary>
internal readonly record struct QueuedEvent(int Signal, object? Payload)
{
    /// <summary>The priority of a published event that others may overtake; 0 for all other events.</summary>
    public int Priority { get; init; }
}
