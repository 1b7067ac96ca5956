namespace Mesh.Statecharts.Snapshots;

/// <summary>Why a snapshot was not restored.</summary>
public enum SnapshotRefusal
{
    /// <summary>It was restored.</summary>
    None,

    /// <summary>The bytes are no snapshot, are cut, or were changed.</summary>
    Damaged,

    /// <summary>It was written in a form that this version does not know.</summary>
    UnknownVersion,

    /// <summary>It was taken of a chart with another definition.</summary>
    OtherDefinition,

    /// <summary>It tells of states, timers or work that the chart cannot be in or have.</summary>
    Impossible,

    /// <summary>The codec did not take the payload of an event.</summary>
    UnknownPayload,

    /// <summary>The codec did not take the context.</summary>
    UnknownContext,
}
