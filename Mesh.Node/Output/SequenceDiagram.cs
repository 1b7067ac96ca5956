using System.Globalization;
using System.Text;

namespace Mesh.Node.Output;

/// <summary>Draws trace lines as ASCII sequence diagrams, one for each chart, a column for each state.</summary>
/// <remarks>
/// The layout is that of miros' <c>sequence</c>: columns in the order of first mention, all as wide as the longest of
/// state names and signals plus 4, and odd; an arrow with its signal for a transition, five rows for one to itself.
/// </remarks>
internal sealed class SequenceDiagram
{
    private const string NumberPlace = "(?)";
    private const int SignalMargin = 4;

    private readonly IReadOnlyList<TraceLine> _steps;
    private readonly bool _isNumbered;
    private readonly Dictionary<string, int> _columnOf = [];
    private readonly int _width;

    /// <summary>Plans the diagram of one chart.</summary>
    /// <param name="chart">Its name.</param>
    /// <param name="lines">Its trace lines, at least one, in the order of the text.</param>
    /// <param name="isNumbered">Numbers the steps; else <c>(?)</c> leaves place for a number written by hand.</param>
    public SequenceDiagram(string chart, IReadOnlyList<TraceLine> lines, bool isNumbered)
    {
        Chart = chart;
        _steps = TraceChain.Order(lines);
        _isNumbered = isNumbered;
        foreach (var step in _steps)
        {
            _columnOf.TryAdd(step.From, _columnOf.Count);
            _columnOf.TryAdd(step.To, _columnOf.Count);
        }

        var widest = Math.Max(
            _columnOf.Keys.Max(TerminalText.EscapedColumns),
            _steps.Max(step => TerminalText.EscapedColumns(step.Signal) + SignalMargin));
        _width = widest | 1;
    }

    /// <summary>Name of the chart.</summary>
    public string Chart { get; }

    /// <summary>The trace lines in the order in which they happened.</summary>
    public IReadOnlyList<TraceLine> Steps => _steps;

    /// <summary>Finds the charts in a text.</summary>
    /// <param name="text">Lines of a log; what is no trace line is passed over.</param>
    /// <param name="isNumbered">Numbers the steps of each chart.</param>
    /// <returns>A diagram for each chart, in the order of first appearance; none when there is no trace.</returns>
    public static IReadOnlyList<SequenceDiagram> Parse(IEnumerable<string> text, bool isNumbered)
    {
        return
        [
            .. text.Select(TraceLine.TryParse)
                .OfType<TraceLine>()
                .GroupBy(line => line.Chart)
                .Select(chart => new SequenceDiagram(chart.Key, [.. chart], isNumbered)),
        ];
    }

    /// <summary>Draws the diagram, one line after the other.</summary>
    /// <returns>Escaped lines without trailing spaces.</returns>
    public IEnumerable<string> Draw()
    {
        yield return $"[Statechart: {TerminalText.Escape(Chart)}]{(_isNumbered ? "" : " " + NumberPlace)}";
        yield return Heading();

        for (var index = 0; index < _steps.Count; index++)
        {
            var step = _steps[index];
            var number = _isNumbered ? string.Create(CultureInfo.InvariantCulture, $"({index + 1})") : NumberPlace;
            var (from, to) = (_columnOf[step.From], _columnOf[step.To]);
            var rows = from == to
                ? DrawSelf(from, TerminalText.Escape(step.Signal), number)
                : DrawArrow(from, to, TerminalText.Escape(step.Signal), number);
            foreach (var row in rows)
            {
                yield return row;
            }
        }
    }

    private string Heading()
    {
        var heading = new StringBuilder();
        foreach (var state in _columnOf.Keys)
        {
            heading.Append(Centred(TerminalText.Escape(state), _width, ' '));
        }

        return heading.ToString().TrimEnd();
    }

    private IEnumerable<string> DrawArrow(int from, int to, string signal, string number)
    {
        // The signal stands in the gap next to where the arrow comes from.
        var (first, last) = from < to ? (from, to) : (to, from);
        var named = from < to ? from : from - 1;

        yield return Row(
            bar => bar == first || (bar > first && bar < last) ? '+' : '|',
            gap => gap < first || gap >= last ? null : Shaft(gap == named ? signal : "", gap, from, to));
        yield return Row(_ => '|', gap => gap == named ? Centred(number, _width, ' ')[1..] : null);
    }

    private string Shaft(string signal, int gap, int from, int to)
    {
        var columns = TerminalText.Columns(signal);
        var left = (_width - columns) / 2;
        var shaft = new StringBuilder()
            .Append('-', left).Append(signal).Append('-', _width - 1 - left - columns);
        if (gap == to - 1 && from < to)
        {
            shaft[^1] = '>';
        }
        else if (gap == to && to < from)
        {
            shaft[0] = '<';
        }

        return shaft.ToString();
    }

    private IEnumerable<string> DrawSelf(int column, string signal, string number)
    {
        yield return Row(bar => bar == column ? '+' : '|', _ => null);
        yield return SelfRow(column, ' ', $"\\ {number}");
        yield return SelfRow(column, ' ', signal);
        yield return SelfRow(column, ' ', "/");
        yield return SelfRow(column, '<', "");
    }

    private string SelfRow(int column, char bar, string text) =>
        Row(other => other == column ? bar : '|', gap => gap == column ? text : null);

    // One row: a bar in the middle of each column, and what fills the gap to the next bar.
    private string Row(Func<int, char> bar, Func<int, string?> gap)
    {
        var row = new StringBuilder().Append(' ', _width / 2);
        for (var column = 0; column < _columnOf.Count; column++)
        {
            var filling = gap(column) ?? "";
            row.Append(bar(column)).Append(filling);
            if (column < _columnOf.Count - 1)
            {
                row.Append(' ', Math.Max(0, _width - 1 - TerminalText.Columns(filling)));
            }
        }

        return row.ToString().TrimEnd();
    }

    private static string Centred(string text, int width, char filling)
    {
        var left = Math.Max(0, (width - TerminalText.Columns(text)) / 2);
        var right = Math.Max(0, width - TerminalText.Columns(text) - left);
        return new string(filling, left) + text + new string(filling, right);
    }
}
