namespace Mesh.Bench.Pipeline;

/// <summary>What comes after a turn of a feeder.</summary>
internal enum TurnResult
{
    /// <summary>Nothing, until somebody wakes the loop.</summary>
    Idle,

    /// <summary>Another turn in a moment: the viewers are behind.</summary>
    Waiting,

    /// <summary>Another turn at once.</summary>
    More,
}
