using System.Buffers;

namespace Mesh.Node.Output;

/// <summary>One line of trace text: at this time, in this chart, this signal led from one state to another.</summary>
/// <param name="Time">The time stamp as written; empty when the line has none.</param>
/// <param name="Chart">Name of the chart; any text.</param>
/// <param name="Signal">Signal with its brackets, as in <c>start_at()</c>.</param>
/// <param name="From">State before.</param>
/// <param name="To">State after.</param>
internal sealed record TraceLine(string Time, string Chart, string Signal, string From, string To)
{
    private const string TraceTag = "[+t]";
    private const string Arrow = "->";
    private const string ColourStart = "\x1b[";

    private static readonly SearchValues<char> TimeCharacters = SearchValues.Create("0123456789-:. ");

    /// <summary>Reads a line of a log.</summary>
    /// <param name="line">
    /// Any text. A trace line is <c>[time] [chart] e->SIGNAL() from->to</c>, with or without the time, possibly
    /// indented, tagged <c> [+t] </c>, or coloured for a terminal.
    /// </param>
    /// <returns>Null for everything else, such as spy lines and what other programs wrote into the log.</returns>
    public static TraceLine? TryParse(string line)
    {
        const char escape = '\x1b';
        if (!line.Contains(escape))
        {
            return TryParse(line.AsSpan());
        }

        var room = ArrayPool<char>.Shared.Rent(line.Length);
        var parsed = TryParse(WithoutColours(line, room));
        ArrayPool<char>.Shared.Return(room);
        return parsed;
    }

    private static TraceLine? TryParse(ReadOnlySpan<char> line)
    {
        var text = line.Trim();
        if (text.StartsWith(TraceTag))
        {
            text = text[TraceTag.Length..].TrimStart();
        }

        if (!text.StartsWith('[') || FindEvent(text) is not { } eventAt)
        {
            return null;
        }

        var (time, chart) = SplitBrackets(text[1..eventAt].TrimEnd()[..^1]);
        var step = text[eventAt..];
        step = step[(step.IndexOf(Arrow) + Arrow.Length)..];

        var signalEnd = step.LastIndexOf(") ") + 1;
        var states = step[signalEnd..].TrimStart();
        var arrowAt = states.IndexOf(Arrow);
        if (signalEnd == 0 || arrowAt <= 0 || arrowAt + Arrow.Length == states.Length)
        {
            return null;
        }

        return new TraceLine(
            time,
            chart,
            step[..signalEnd].ToString(),
            states[..arrowAt].ToString(),
            states[(arrowAt + Arrow.Length)..].ToString());
    }

    // The event, "e->", is the first word with an arrow that follows a closing bracket: names may hold both.
    private static int? FindEvent(ReadOnlySpan<char> text)
    {
        for (var start = 0; text[start..].IndexOf("] ") is var found and >= 0;)
        {
            start += found + 2;
            var word = 0;
            while (start + word < text.Length && IsWordCharacter(text[start + word]))
            {
                word++;
            }

            if (word > 0 && text[(start + word)..].StartsWith(Arrow))
            {
                return start;
            }
        }

        return null;
    }

    private static bool IsWordCharacter(char character) => char.IsLetterOrDigit(character) || character == '_';

    // What stands before the event, without the outer brackets: "time] [chart", or the chart alone.
    private static (string Time, string Chart) SplitBrackets(ReadOnlySpan<char> brackets)
    {
        var end = brackets.IndexOf("] [");
        return end > 0 && brackets[..end].IndexOfAnyExcept(TimeCharacters) < 0
            ? (brackets[..end].ToString(), brackets[(end + 3)..].ToString())
            : ("", brackets.ToString());
    }

    // A colour is "escape [ digits and semicolons m"; what does not end so is left, and escaped when it is shown.
    private static ReadOnlySpan<char> WithoutColours(ReadOnlySpan<char> line, Span<char> room)
    {
        var length = 0;
        while (line.IndexOf(ColourStart) is var start and >= 0)
        {
            var behind = line[(start + ColourStart.Length)..].TrimStart("0123456789;");
            var isColour = behind is ['m', ..];
            var kept = isColour ? start : start + ColourStart.Length;
            line[..kept].CopyTo(room[length..]);
            length += kept;
            line = isColour ? behind[1..] : line[kept..];
        }

        line.CopyTo(room[length..]);
        return room[..(length + line.Length)];
    }
}
