namespace Mesh.Statecharts.Snapshots;

/// <summary>Whether a chart was restored, and why not.</summary>
/// <param name="Refusal">Why not; <see cref="SnapshotRefusal.None"/> when it was.</param>
/// <param name="Message">What people read; <see langword="null"/> when it was restored.</param>
public readonly record struct RestoreResult(SnapshotRefusal Refusal, string? Message)
{
    /// <summary>Whether the chart runs on from the snapshot.</summary>
    public bool IsRestored => Refusal == SnapshotRefusal.None;
}
