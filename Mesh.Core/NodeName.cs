using System.Text;

namespace Mesh.Core;

/// <summary>The rule for the labels of nodes and charts, which stand in addresses and patterns.</summary>
public static class NodeName
{
    /// <summary>Longest name, in bytes of UTF-8.</summary>
    public const int MaxBytes = 64;

    /// <summary>Whether a text can be the name of a node or chart.</summary>
    /// <param name="name">Any text, or null.</param>
    /// <returns>
    /// False when it is empty, too long, holds a slash, plus sign, white space or control character, or is <c>...</c>.
    /// </returns>
    public static bool IsValid(string? name)
    {
        if (string.IsNullOrEmpty(name) || name == "..." || Encoding.UTF8.GetByteCount(name) > MaxBytes)
        {
            return false;
        }

        foreach (var character in name)
        {
            if (character is '/' or '+' or '*' || char.IsControl(character) || char.IsWhiteSpace(character))
            {
                return false;
            }
        }

        return true;
    }
}
