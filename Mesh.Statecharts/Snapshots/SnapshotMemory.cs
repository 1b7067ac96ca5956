namespace Mesh.Statecharts.Snapshots;

/// <summary>What a history remembers.</summary>
/// <param name="History">The number of the history.</param>
/// <param name="States">The states, in document order.</param>
internal readonly record struct SnapshotMemory(int History, IReadOnlyList<int> States);
