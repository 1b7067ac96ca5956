using System.Globalization;
using System.Text;

namespace Mesh.Statecharts.Expressions;

/// <summary>Cuts a text into the words of the expression language.</summary>
internal sealed class ExpressionLexer(string text)
{
    private static readonly string[] Signs =
    [
        "===", "!==", "==", "!=", "<=", ">=", "&&", "||",
        "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", ".", ",", "(", ")", "[", "]", "{", "}",
    ];

    private int _next;

    /// <summary>The next word.</summary>
    /// <exception cref="ExpressionException">There is none of the language.</exception>
    public Token Next()
    {
        while (_next < text.Length && text[_next] is ' ' or '\t' or '\r' or '\n')
        {
            _next++;
        }

        if (_next == text.Length)
        {
            return new Token(TokenKind.End, "", 0, _next);
        }

        var first = text[_next];
        if (char.IsAsciiDigit(first) || (first == '.' && _next + 1 < text.Length && char.IsAsciiDigit(text[_next + 1])))
        {
            return Number();
        }

        return first is '\'' or '"' ? Quoted(first)
            : IsNameStart(first) ? Name()
            : Sign();
    }

    /// <summary>Whether a name of the language may begin with this.</summary>
    public static bool IsNameStart(char first) => char.IsLetter(first) || first is '_' or '$';

    /// <summary>Whether a name of the language may hold this.</summary>
    public static bool IsNamePart(char part) => char.IsLetterOrDigit(part) || part is '_' or '$';

    private Token Name()
    {
        var start = _next;
        while (_next < text.Length && IsNamePart(text[_next]))
        {
            _next++;
        }

        return new Token(TokenKind.Name, text[start.._next], 0, start);
    }

    private Token Sign()
    {
        foreach (var sign in Signs)
        {
            if (string.CompareOrdinal(text, _next, sign, 0, sign.Length) == 0)
            {
                var start = _next;
                _next += sign.Length;
                return new Token(TokenKind.Sign, sign, 0, start);
            }
        }

        throw new ExpressionException($"'{text[_next]}' has no meaning here", _next);
    }

    private Token Number()
    {
        var start = _next;
        SkipDigits();
        if (_next < text.Length && text[_next] == '.')
        {
            _next++;
            SkipDigits();
        }

        if (_next < text.Length && text[_next] is 'e' or 'E')
        {
            _next++;
            _next += _next < text.Length && text[_next] is '+' or '-' ? 1 : 0;
            SkipDigits();
        }

        var word = text.AsSpan(start, _next - start);
        if ((_next < text.Length && IsNamePart(text[_next])) || (word is ['0', _, ..] && char.IsAsciiDigit(word[1]))
            || !double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            || !double.IsFinite(number))
        {
            throw new ExpressionException("this is no decimal number", start);
        }

        return new Token(TokenKind.Number, "", number, start);
    }

    private void SkipDigits()
    {
        while (_next < text.Length && char.IsAsciiDigit(text[_next]))
        {
            _next++;
        }
    }

    private Token Quoted(char quote)
    {
        var start = _next++;
        var content = new StringBuilder();
        while (true)
        {
            if (_next >= text.Length)
            {
                throw new ExpressionException($"the text that begins here has no end ({quote})", start);
            }

            var next = text[_next++];
            if (next == quote)
            {
                return new Token(TokenKind.Text, content.ToString(), 0, start);
            }

            content.Append(next == '\\' ? Escaped() : next);
        }
    }

    private char Escaped()
    {
        var escape = _next < text.Length ? text[_next++] : '\0';
        return escape switch
        {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'b' => '\b',
            'f' => '\f',
            '\\' or '\'' or '"' or '/' => escape,
            'u' => Unicode(),
            _ => throw new ExpressionException(
                "unknown escape; there are \\n \\t \\r \\b \\f \\\\ \\' \\\" \\/ \\uXXXX", _next - 2),
        };
    }

    private char Unicode()
    {
        const int digits = 4;
        if (_next + digits <= text.Length && ushort.TryParse(
            text.AsSpan(_next, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
        {
            _next += digits;
            return (char)code;
        }

        throw new ExpressionException("\\u needs four hexadecimal digits", _next - 2);
    }
}
