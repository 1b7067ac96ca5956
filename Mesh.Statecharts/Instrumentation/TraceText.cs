using System.Text;
using System.Text.RegularExpressions;
using Mesh.Statecharts.Definition;

namespace Mesh.Statecharts.Instrumentation;

/// <summary>The trace as text, as miros prints it. Pure and total.</summary>
public static partial class TraceText
{
    /// <summary>The line of one transition or start: <c>[time] [name] e->SIGNAL() from->to</c>.</summary>
    /// <param name="definition">The chart.</param>
    /// <param name="record">The step; untrusted.</param>
    /// <param name="names">Names beyond the definition; <see langword="null"/> when there are none.</param>
    /// <param name="chartName">What the second pair of brackets holds.</param>
    /// <param name="anchor">What the time is told by.</param>
    /// <returns>The line without a newline; <c>malformed ..</c> when the record does not fit the definition.</returns>
    public static string Format(
        ChartDefinition definition,
        in TraceRecord record,
        ChartNames? names,
        string chartName,
        in WallAnchor anchor)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var isStart = record.From == ChartDefinition.Top;
        var signal = isStart ? "start_at" : ChartText.SignalName(definition, names, record.Signal);
        var from = isStart ? "top" : ChartText.StateName(definition, names, record.From);
        var to = ChartText.StateName(definition, names, record.To);
        return signal is null || from is null || to is null
            ? ChartText.Malformed(record.Number, "a signal or state is not in the definition")
            : $"[{anchor.Format(record.Timestamp)}] [{chartName}] e->{signal}() {from}->{to}";
    }

    /// <summary>
    /// Cuts the time stamps of a log, so that it can be compared with an expectation: indentation and empty lines are
    /// removed, lines without a time stamp stay.
    /// </summary>
    /// <param name="log">Any number of lines.</param>
    /// <returns>The lines; exactly one for a log of one line, which keeps its indentation if it has no time
    /// stamp.</returns>
    public static IReadOnlyList<string> Stripped(string log)
    {
        ArgumentNullException.ThrowIfNull(log);
        var lines = log.ReplaceLineEndings("\n").Split('\n');
        var count = lines[^1].Length == 0 ? lines.Length - 1 : lines.Length;
        if (count <= 1)
        {
            return [StrippedLine(log)];
        }

        return [.. lines.Select(line => line.Trim()).Where(line => line.Length > 0).Select(StrippedLine)];
    }

    /// <summary>Cuts the time stamp of one line.</summary>
    /// <param name="line">A line of a log.</param>
    /// <returns>What follows the time stamp; the line itself when it has none.</returns>
    public static string StrippedLine(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var match = Stamped().Match(line);
        return match.Success ? match.Groups["rest"].Value : line;
    }

    /// <summary>A whole trace: a newline, then the lines, each ended with a newline.</summary>
    internal static string Join(IEnumerable<string> lines)
    {
        var text = new StringBuilder("\n");
        foreach (var line in lines)
        {
            text.Append(line).Append('\n');
        }

        return text.ToString();
    }

    [GeneratedRegex(@"^ *\[[0-9\-:. ]+\] (?<rest>[^\n]+)\n?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Stamped();
}
