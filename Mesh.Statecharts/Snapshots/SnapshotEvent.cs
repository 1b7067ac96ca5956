namespace Mesh.Statecharts.Snapshots;

/// <summary>A waiting event in a snapshot.</summary>
/// <param name="Signal">The name of its signal.</param>
/// <param name="Payload">The payload as the codec wrote it; <see langword="null"/> for none.</param>
internal readonly record struct SnapshotEvent(string Signal, byte[]? Payload)
{
    /// <summary>The priority of a published event; else 0.</summary>
    public int Priority { get; init; }

    /// <summary>Which deferred event it was; else 0.</summary>
    public long Arrival { get; init; }

    /// <summary>The name of its timer or work.</summary>
    public string? Owner { get; init; }

    /// <summary>The id of its send.</summary>
    public string? SendId { get; init; }

    /// <summary>The state that holds it, for a held one.</summary>
    public string? Holder { get; init; }

    /// <summary>0 for an event; 1 for a wish to subscribe to the signal, 2 for one to publish the event.</summary>
    public int Request { get; init; }

    /// <summary>The queue type or the priority of a wish.</summary>
    public int Detail { get; init; }
}
