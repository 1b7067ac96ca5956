namespace Mesh.Core.Logs;

/// <summary>What a reader needs a snapshot for; it applies nothing until the snapshot came.</summary>
internal enum SnapshotNeed
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>To learn charts and names whose records it can not have.</summary>
    Names,

    /// <summary>To go on after it, without the present configurations.</summary>
    Place,

    /// <summary>To go on after it, from the present configurations.</summary>
    Configuration,
}
