namespace Mesh.Core.Logs;

/// <summary>Why a frame was dropped; every drop is counted.</summary>
internal enum FrameDrop
{
    /// <summary>Its topic belongs to no lane that is read.</summary>
    UnknownTopic,

    /// <summary>It is no frame, or too long, or its numbers make no sense.</summary>
    Malformed,

    /// <summary>It is of another lane or incarnation than its topic or request.</summary>
    WrongLane,

    /// <summary>It was applied before, or is held.</summary>
    Duplicate,

    /// <summary>Its number lies too far ahead.</summary>
    TooFarAhead,

    /// <summary>Its key did not come in time, or too many frames wait for keys.</summary>
    NoKey,

    /// <summary>It names another key than the one granted for its epoch.</summary>
    WrongKey,

    /// <summary>It was not sealed under the key, or was changed.</summary>
    Forged,

    /// <summary>It was not signed by the publisher.</summary>
    BadSignature,

    /// <summary>It is genuine, and its records, or the rest of them, can not be read.</summary>
    BadRecords,
}
