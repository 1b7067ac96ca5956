namespace Mesh.Core.Logs;

/// <summary>Why records are missing.</summary>
public enum GapReason
{
    /// <summary>The publisher no longer held them when they were asked for.</summary>
    Overwritten = 1,

    /// <summary>Their frames came and could not be opened, however often they were asked for.</summary>
    Unreadable = 2,

    /// <summary>The publisher did not give the key of their epoch.</summary>
    NoKey = 3,

    /// <summary>Their frame was genuine and its records were not.</summary>
    Malformed = 4,

    /// <summary>The incarnation ended before they could be fetched.</summary>
    Ended = 5,

    /// <summary>The chart ran faster than its own node read it.</summary>
    NotRead = 6,
}
