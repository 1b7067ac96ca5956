namespace Mesh.Bench.Harness;

/// <summary>Prints rows for people; the columns are wide enough for all of them.</summary>
internal static class ResultTable
{
    private static readonly string[] Titles =
        ["what", "value", "unit", "baseline", "", "ratio", "goal", "reached"];

    // Numbers stand at the right.
    private static readonly bool[] IsNumber = [false, true, false, true, false, true, false, false];

    public static void Write(TextWriter output, MachineFacts machine, IReadOnlyList<BenchRow> rows)
    {
        output.WriteLine(machine);
        output.WriteLine();
        List<string[]> lines = [Titles, .. rows.Select(Cells)];
        var widths = Titles.Select((_, column) => lines.Max(line => line[column].Length)).ToArray();
        foreach (var line in lines)
        {
            var cells = line.Select((cell, column) =>
                IsNumber[column] ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]));
            output.WriteLine(string.Join("  ", cells).TrimEnd());
        }
    }

    private static string[] Cells(BenchRow row) =>
    [
        row.What,
        NumberText.Of(row.Value),
        row.Unit,
        row.Baseline is { } baseline ? NumberText.Of(baseline) : string.Empty,
        row.BaselineName,
        row.Ratio is { } ratio ? NumberText.Of(ratio) : string.Empty,
        string.Join(", ", row.Goals),
        row.IsReached switch
        {
            true => "yes",
            false when !row.IsWorkRight => "WRONG WORK",
            false => "no",
            null => string.Empty,
        },
    ];
}
