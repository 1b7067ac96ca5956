using System.Text;

namespace Mesh.Node.Output;

/// <summary>Lays out rows of text in columns, for people.</summary>
internal static class TableText
{
    private const string Separator = "  ";
    private const int MinCellColumns = 4;

    /// <summary>Makes the lines of a table: a heading, then one line a row.</summary>
    /// <param name="headings">The heading of each column.</param>
    /// <param name="rows">Cells, as many a row as there are headings; any text, escaped here.</param>
    /// <param name="maxColumns">Width of the terminal; 0 when there is none, and then nothing is cut.</param>
    /// <returns>Lines without trailing spaces; where they do not fit, the widest cells end in <c>…</c>.</returns>
    public static IEnumerable<string> Format(
        IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows, int maxColumns)
    {
        var cells = rows.Prepend(headings).Select(row => row.Select(TerminalText.Escape).ToArray()).ToArray();
        var widths = new int[headings.Count];
        foreach (var row in cells)
        {
            for (var column = 0; column < widths.Length; column++)
            {
                widths[column] = Math.Max(widths[column], TerminalText.Columns(row[column]));
            }
        }

        Shrink(widths, maxColumns);
        return cells.Select(row => Line(row, widths));
    }

    private static void Shrink(int[] widths, int maxColumns)
    {
        if (maxColumns <= 0)
        {
            return;
        }

        var excess = widths.Sum() + (Separator.Length * (widths.Length - 1)) - maxColumns;
        for (; excess > 0; excess--)
        {
            var widest = Array.IndexOf(widths, widths.Max());
            if (widths[widest] <= MinCellColumns)
            {
                return;
            }

            widths[widest]--;
        }
    }

    private static string Line(string[] row, int[] widths)
    {
        var line = new StringBuilder();
        for (var column = 0; column < widths.Length; column++)
        {
            var cell = Cut(row[column], widths[column]);
            line.Append(column == 0 ? "" : Separator)
                .Append(cell)
                .Append(' ', widths[column] - TerminalText.Columns(cell));
        }

        return line.ToString().TrimEnd();
    }

    private static string Cut(string cell, int width)
    {
        if (TerminalText.Columns(cell) <= width)
        {
            return cell;
        }

        var kept = new StringBuilder();
        var left = width - 1;
        foreach (var rune in cell.EnumerateRunes())
        {
            left -= TerminalText.Columns(rune);
            if (left < 0)
            {
                break;
            }

            kept.Append(rune);
        }

        return kept.Append('…').ToString();
    }
}
