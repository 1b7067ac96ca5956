namespace Mesh.Core.Trust;

/// <summary>What a peer may do here. The values travel.</summary>
[Flags]
public enum Rights : uint
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>See every change of state.</summary>
    Trace = 1,

    /// <summary>See every step; the trace follows from it.</summary>
    Spy = 2,

    /// <summary>Post events to charts.</summary>
    Post = 4,

    /// <summary>Call commands.</summary>
    Call = 8,

    /// <summary>Change this node.</summary>
    Admin = 16,

    /// <summary>What a peer gets unless rights are named, and the most that an accept mode gives.</summary>
    Watch = Trace | Spy,

    /// <summary>Everything; what a node has at itself.</summary>
    All = Trace | Spy | Post | Call | Admin,
}
