namespace Mesh.Core.Trust;

/// <summary>What a peer may do at a node, as bits (docs/wire-format.md §2).</summary>
[Flags]
internal enum Rights : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Read the trace.</summary>
    Trace = 1,

    /// <summary>Read the spy, and the trace that follows from it.</summary>
    Spy = 2,

    /// <summary>Post events to charts.</summary>
    Post = 4,

    /// <summary>Call commands.</summary>
    Call = 8,

    /// <summary>Decide about others.</summary>
    Admin = 16,
}
