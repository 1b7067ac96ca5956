using System.Text;

namespace Mesh.Statecharts.Definition;

/// <summary>A text of a definition that may be absent, as it stands in the canonical bytes.</summary>
/// <param name="isThere">Whether there is a text.</param>
/// <param name="utf8">The text.</param>
internal readonly ref struct OptionalText(bool isThere, ReadOnlySpan<byte> utf8)
{
    private readonly ReadOnlySpan<byte> _utf8 = utf8;

    /// <summary>Whether there is a text, which may be empty.</summary>
    public bool IsThere { get; } = isThere;

    /// <summary>Makes a string of it.</summary>
    /// <returns>Null when there is none.</returns>
    public string? ToText() => IsThere ? Encoding.UTF8.GetString(_utf8) : null;
}
