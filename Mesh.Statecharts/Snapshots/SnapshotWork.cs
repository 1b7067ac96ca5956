namespace Mesh.Statecharts.Snapshots;

/// <summary>Work in a snapshot.</summary>
/// <param name="Owner">What it is called.</param>
/// <param name="State">The state that it belongs to plus two: 0 for work that a state declares, 1 for top.</param>
/// <param name="IsDone">Whether its result waits in the queue.</param>
/// <param name="FailedSignal">The signal of its failure; empty for work that a state declares.</param>
internal readonly record struct SnapshotWork(string Owner, int State, bool IsDone, string FailedSignal);
