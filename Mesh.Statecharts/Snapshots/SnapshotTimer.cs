using Mesh.Statecharts.Hosting;

namespace Mesh.Statecharts.Snapshots;

/// <summary>An armed timer in a snapshot.</summary>
/// <param name="Id">What cancels it.</param>
/// <param name="Posted">What it posts.</param>
/// <param name="Timer">When.</param>
internal readonly record struct SnapshotTimer(long Id, SnapshotEvent Posted, TimerState Timer);
