namespace Mesh.Statecharts.Snapshots;

/// <summary>The armed timers of one sort in a snapshot.</summary>
/// <param name="LastId">The last id that was given.</param>
/// <param name="Armed">Those that are armed, in the order of their ids.</param>
internal sealed record SnapshotTimers(long LastId, IReadOnlyList<SnapshotTimer> Armed);
