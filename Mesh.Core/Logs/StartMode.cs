namespace Mesh.Core.Logs;

/// <summary>Where a reader begins that has read nothing of a lane yet.</summary>
public enum StartMode
{
    /// <summary>At the first frame that the publisher still holds.</summary>
    History,

    /// <summary>At the present configuration of every chart, then what comes after it.</summary>
    Snapshot,

    /// <summary>At what comes next; what the charts are called is still learned.</summary>
    Live,
}
