namespace Mesh.Core.Logs;

/// <summary>How the reading of one chart's ring ended.</summary>
internal enum DrainResult
{
    /// <summary>Everything was read.</summary>
    Empty,

    /// <summary>So much was read that other charts come first.</summary>
    Enough,

    /// <summary>A lane has no room before its frame is sealed.</summary>
    Full,
}
