namespace Mesh.Statecharts.Expressions;

/// <summary>How large expressions and values may be; what passes a limit is an error, at load or when it
/// runs.</summary>
public static class DataLimits
{
    /// <summary>The most characters of one expression.</summary>
    public const int MaxExpressionLength = 4_096;

    /// <summary>The deepest that the parts of an expression may lie in one another.</summary>
    public const int MaxExpressionDepth = 64;

    /// <summary>The most characters of a text.</summary>
    public const int MaxTextLength = 65_536;

    /// <summary>The deepest that arrays and objects may lie in one another.</summary>
    public const int MaxValueDepth = 64;

    /// <summary>The most values in an array or object, at all depths together.</summary>
    public const int MaxValueCount = 65_536;
}
