using System.Text;

namespace Mesh.Statecharts.Scxml;

/// <summary>The text of a file, to find the place of a character of an attribute's value in it.</summary>
internal sealed class SourceText
{
    private readonly string _text;
    private readonly List<int> _lines = [0];

    private SourceText(string text)
    {
        _text = text;
        for (var index = 0; index < text.Length; index++)
        {
            // A carriage return ends a line alone or together with the line feed behind it.
            if (text[index] == '\n' || (text[index] == '\r' && (index + 1 == text.Length || text[index + 1] != '\n')))
            {
                _lines.Add(index + 1);
            }
        }
    }

    /// <summary>The characters.</summary>
    public string Text => _text;

    /// <summary>Takes a text as it is.</summary>
    /// <exception cref="ScxmlException">It is larger than a file may be.</exception>
    public static SourceText Of(string text)
    {
        return text.Length <= ScxmlLimits.MaxFileBytes ? new SourceText(text)
            : throw TooLarge(text.Length);
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="ScxmlException">It is larger than a file may be, or is not text.</exception>
    public static SourceText Read(Stream stream)
    {
        if (stream.CanSeek && stream.Length > ScxmlLimits.MaxFileBytes)
        {
            throw TooLarge(stream.Length);
        }

        var bytes = new MemoryStream();
        var piece = new byte[32 * 1_024];
        while (stream.Read(piece) is var count and > 0)
        {
            bytes.Write(piece, 0, count);
            if (bytes.Length > ScxmlLimits.MaxFileBytes)
            {
                throw TooLarge(bytes.Length);
            }
        }

        bytes.Position = 0;
        try
        {
            using var reader = new StreamReader(bytes, new UTF8Encoding(false, true));
            return new SourceText(reader.ReadToEnd());
        }
        catch (DecoderFallbackException)
        {
            throw new ScxmlException("the file is not UTF-8 text", TextPosition.Start);
        }
    }

    /// <summary>The place of a character in the value of an attribute.</summary>
    /// <param name="attribute">Where the name of the attribute begins.</param>
    /// <param name="offset">How many characters of the value stand before it.</param>
    public TextPosition InValue(TextPosition attribute, int offset)
    {
        var index = IndexOf(attribute);
        while (index < _text.Length && _text[index] is not ('"' or '\''))
        {
            index++;
        }

        index++;
        for (; offset > 0 && index < _text.Length; offset--)
        {
            index += LengthOfCharacter(index);
        }

        return PositionOf(index);
    }

    /// <summary>The place of a character of the text.</summary>
    public TextPosition PositionOf(int index)
    {
        index = Math.Min(index, _text.Length);
        var line = _lines.BinarySearch(index);
        line = line < 0 ? ~line - 1 : line;
        return new TextPosition(line + 1, index - _lines[line] + 1);
    }

    private static ScxmlException TooLarge(long size) => new(
        $"the file has {size} bytes or more, and at most {ScxmlLimits.MaxFileBytes} are read", TextPosition.Start);

    // A reference is one character, and so is the end of a line, however it is written.
    private int LengthOfCharacter(int index)
    {
        if (_text[index] == '&' && _text.IndexOf(';', index) is var end and > 0)
        {
            return end + 1 - index;
        }

        return _text[index] == '\r' && index + 1 < _text.Length && _text[index + 1] == '\n' ? 2 : 1;
    }

    private int IndexOf(TextPosition position) =>
        Math.Min(_lines[Math.Clamp(position.Line, 1, _lines.Count) - 1] + position.Column - 1, _text.Length);
}
