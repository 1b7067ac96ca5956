namespace Mesh.Statecharts.Hosting;

/// <summary>An event that waits, its signal already numbered.</summary>
internal readonly record struct QueuedEvent(int Signal, object? Payload)
{
    /// <summary>The priority of a published event that others may overtake; else 0.</summary>
    public int Priority { get; init; }

    /// <summary>Which event it was that a state deferred, counted from 1; 0 for one that never was.</summary>
    public long Arrival { get; init; }

    /// <summary>The name of what may take the event back: its timer or its work; else null.</summary>
    public string? Owner { get; init; }
}
