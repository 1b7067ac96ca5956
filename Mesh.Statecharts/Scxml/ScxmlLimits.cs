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
}
