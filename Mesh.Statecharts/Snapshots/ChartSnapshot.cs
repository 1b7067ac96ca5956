namespace Mesh.Statecharts.Snapshots;

/// <summary>A running chart between two steps, as data.</summary>
internal sealed record ChartSnapshot
{
    /// <summary>What its definition amounts to.</summary>
    public required SnapshotDefinition Definition { get; init; }

    /// <summary>What the trace calls it.</summary>
    public required string Name { get; init; }

    /// <summary>The settled state of the Samek profile; all active states of the Scxml profile, in document
    /// order.</summary>
    public required IReadOnlyList<int> Active { get; init; }

    /// <summary>What histories remember.</summary>
    public required IReadOnlyList<SnapshotMemory> Memories { get; init; }

    /// <summary>The queue from its front.</summary>
    public required IReadOnlyList<SnapshotEvent> Waiting { get; init; }

    /// <summary>What was deferred, oldest first.</summary>
    public required IReadOnlyList<SnapshotEvent> Deferred { get; init; }

    /// <summary>What states hold, oldest first.</summary>
    public required IReadOnlyList<SnapshotEvent> Held { get; init; }

    /// <summary>How many events states have held so far.</summary>
    public required long LastArrival { get; init; }

    /// <summary>Timed posts and delayed sends.</summary>
    public required SnapshotTimers Posts { get; init; }

    /// <summary>The timers of states.</summary>
    public required SnapshotTimers StateTimers { get; init; }

    /// <summary>Subscriptions on the bus, oldest first.</summary>
    public required IReadOnlyList<SnapshotSubscription> Subscriptions { get; init; }

    /// <summary>Work that runs, or whose result waits.</summary>
    public required IReadOnlyList<SnapshotWork> Works { get; init; }

    /// <summary>How much work handlers have started so far.</summary>
    public required long LastWork { get; init; }

    /// <summary>The context as the codec wrote it.</summary>
    public required byte[] Context { get; init; }
}
