using System.Text;

namespace Mesh.Core.Wire.MessagePack;

/// <summary>Fits text into the fields of the wire, whose limits are bytes of UTF-8.</summary>
internal static class Utf8Text
{
    /// <summary>The longest beginning of a text that fits, cut between characters.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="maxBytes">The limit, in bytes of UTF-8.</param>
    /// <param name="length">How many bytes of UTF-8 the result takes.</param>
    public static ReadOnlySpan<char> Cut(ReadOnlySpan<char> text, int maxBytes, out int length)
    {
        // No character takes more than 3 bytes per UTF-16 unit: short text needs no walk.
        if (text.Length <= maxBytes / 3)
        {
            length = Encoding.UTF8.GetByteCount(text);
            return text;
        }

        length = 0;
        var end = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (length + rune.Utf8SequenceLength > maxBytes)
            {
                break;
            }

            length += rune.Utf8SequenceLength;
            end += rune.Utf16SequenceLength;
        }

        return text[..end];
    }
}
