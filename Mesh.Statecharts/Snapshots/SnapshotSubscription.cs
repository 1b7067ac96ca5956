namespace Mesh.Statecharts.Snapshots;

/// <summary>A subscription in a snapshot.</summary>
/// <param name="Signal">The name of the signal.</param>
/// <param name="Queue">Where in the queue its events go.</param>
internal readonly record struct SnapshotSubscription(string Signal, QueueType Queue);
