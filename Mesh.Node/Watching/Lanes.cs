namespace Mesh.Node.Watching;

/// <summary>What of each step is shown.</summary>
[Flags]
internal enum Lanes
{
    /// <summary>The changes of state.</summary>
    Trace = 1,

    /// <summary>Every step, line by line.</summary>
    Spy = 2,

    /// <summary>A step's trace line before its spy lines.</summary>
    Both = Trace | Spy,
}
