namespace Mesh.Statecharts.Scxml;

/// <summary>A place in a file; both count from 1.</summary>
/// <param name="Line">The line.</param>
/// <param name="Column">The character in the line.</param>
public readonly record struct TextPosition(int Line, int Column)
{
    /// <summary>The beginning of a file.</summary>
    public static TextPosition Start => new(1, 1);

    /// <inheritdoc/>
    public override string ToString() => $"{Line}:{Column}";
}
