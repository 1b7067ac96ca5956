using System.Globalization;
using System.Text;

namespace Mesh.Node.Output;

/// <summary>Text on its way to a terminal: what must not get there, and how many columns the rest takes.</summary>
internal static class TerminalText
{
    /// <summary>Shows the characters that could move the cursor, change colours or turn text around.</summary>
    /// <param name="text">Any text, from a peer or a file.</param>
    /// <returns>
    /// The same text with C0 and C1 controls as <c>\n</c>, <c>\t</c> or <c>\x1b</c>, and line separators, directional
    /// formatting and lone surrogates as <c>\u202e</c>. Text without any of them comes back as it is.
    /// </returns>
    public static string Escape(string text)
    {
        var first = 0;
        while (first < text.Length && !MustEscape(text, first))
        {
            first++;
        }

        return first == text.Length ? text : EscapeSlow(text, first);
    }

    /// <summary>Counts the columns that escaped text takes in a terminal.</summary>
    /// <param name="text">Text without controls.</param>
    /// <returns>One for most characters, none for combining marks, two for wide ones.</returns>
    public static int Columns(string text)
    {
        var columns = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            columns += Columns(rune);
        }

        return columns;
    }

    /// <summary>Counts the columns that text takes when it is escaped.</summary>
    /// <param name="text">Any text, from a peer or a file.</param>
    /// <returns>As many as those of <see cref="Escape"/>, which is not made for it.</returns>
    public static int EscapedColumns(string text)
    {
        var columns = 0;
        for (var index = 0; index < text.Length; index++)
        {
            if (MustEscape(text, index))
            {
                columns += EscapeLength(text[index]);
            }
            else
            {
                var rune = Rune.GetRuneAt(text, index);
                columns += Columns(rune);
                index += rune.Utf16SequenceLength - 1;
            }
        }

        return columns;
    }

    /// <summary>Counts the columns of one character.</summary>
    /// <param name="rune">A character that is no control.</param>
    /// <returns>0, 1 or 2.</returns>
    public static int Columns(Rune rune)
    {
        if (rune.IsAscii)
        {
            return 1;
        }

        return Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => 0,
            _ => IsWide(rune.Value) ? 2 : 1,
        };
    }

    private static string EscapeSlow(string text, int first)
    {
        var escaped = new StringBuilder(text, 0, first, text.Length + 16);
        for (var index = first; index < text.Length; index++)
        {
            if (MustEscape(text, index))
            {
                AppendEscape(escaped, text[index]);
            }
            else
            {
                escaped.Append(text[index]);
            }
        }

        return escaped.ToString();
    }

    private static bool MustEscape(string text, int index)
    {
        var character = text[index];
        return char.IsControl(character) || IsDirectional(character) || IsLoneSurrogate(text, index);
    }

    // The line and paragraph separators, and every character with the Bidi_Control property.
    private static bool IsDirectional(char character) =>
        character is '\u061c' or '\u200e' or '\u200f' or (>= '\u2028' and <= '\u202e') or (>= '\u2066' and <= '\u2069');

    private static bool IsLoneSurrogate(string text, int index)
    {
        var character = text[index];
        if (!char.IsSurrogate(character))
        {
            return false;
        }

        var paired = char.IsHighSurrogate(character)
            ? index + 1 < text.Length && char.IsLowSurrogate(text[index + 1])
            : index > 0 && char.IsHighSurrogate(text[index - 1]);
        return !paired;
    }

    // As long as what AppendEscape writes.
    private static int EscapeLength(char character) =>
        character is '\n' or '\r' or '\t' ? 2 : character < '\u0100' ? 4 : 6;

    private static void AppendEscape(StringBuilder escaped, char character)
    {
        _ = character switch
        {
            '\n' => escaped.Append("\\n"),
            '\r' => escaped.Append("\\r"),
            '\t' => escaped.Append("\\t"),
            < '\u0100' => escaped.Append(CultureInfo.InvariantCulture, $"\\x{(int)character:x2}"),
            _ => escaped.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"),
        };
    }

    // East Asian wide and full-width blocks, and the pictographs that terminals draw two columns wide.
    private static bool IsWide(int value) =>
        value is (>= 0x1100 and <= 0x115f) or (>= 0x2e80 and <= 0x303e) or (>= 0x3041 and <= 0xa4cf)
            or (>= 0xac00 and <= 0xd7a3) or (>= 0xf900 and <= 0xfaff) or (>= 0xfe30 and <= 0xfe6f)
            or (>= 0xff00 and <= 0xff60) or (>= 0xffe0 and <= 0xffe6) or (>= 0x1f300 and <= 0x1f64f)
            or (>= 0x1f900 and <= 0x1f9ff) or (>= 0x20000 and <= 0x3fffd);
}
