namespace Mesh.Statecharts.Scxml;

/// <summary>How large a chart file may be; checked before anything is made of it.</summary>
public static class ScxmlLimits
{
    /// <summary>The largest file, in bytes.</summary>
    public const int MaxFileBytes = 4 * 1_024 * 1_024;

    /// <summary>The most elements of a file.</summary>
    public const int MaxElements = 65_536;

    /// <summary>The deepest that elements may lie in one another; the root has depth 1.</summary>
    public const int MaxElementDepth = 128;

    /// <summary>The most elements of content, rounds of loops counted too, that run in one block; one more is an error
    /// of the block.</summary>
    public const int MaxRunElements = 1_000_000;
}
