using System.Text.RegularExpressions;

namespace Mesh.Tests.Architecture;

/// <summary>Measures the members of a source file by its layout, which the formatter keeps.</summary>
/// <remarks>
/// Types stand in the first column and each nesting moves four columns to the right, so a member's block opens with a
/// brace alone in a known column and closes with the next brace in the same column.
/// </remarks>
internal static partial class MemberLengths
{
    private const int Indent = 4;

    /// <summary>Lists the members that have a block, without types and initial values of fields.</summary>
    /// <param name="lines">A source file with a file-scoped namespace.</param>
    /// <returns>The line of the signature, counted from 1, and the length with signature and braces.</returns>
    public static IEnumerable<(int Line, int Length)> Of(string[] lines) => InBlock(lines, 0, lines.Length, 0);

    private static IEnumerable<(int Line, int Length)> InBlock(string[] lines, int first, int end, int column)
    {
        var open = new string(' ', column) + "{";
        var close = new string(' ', column) + "}";
        for (var index = first; index < end; index++)
        {
            if (lines[index] != open)
            {
                continue;
            }

            var last = Array.FindIndex(lines, index, line => line.StartsWith(close, StringComparison.Ordinal));
            var head = index - 1;
            while (head > first && ColumnOf(lines[head]) != column)
            {
                head--;
            }

            if (TypeHead().IsMatch(lines[head]))
            {
                foreach (var member in InBlock(lines, index + 1, last, column + Indent))
                {
                    yield return member;
                }
            }
            else if (!InitialValue().IsMatch(lines[head]))
            {
                yield return (head + 1, last - head + 1);
            }

            index = last;
        }
    }

    private static int ColumnOf(string line) => line.Length - line.TrimStart().Length;

    [GeneratedRegex(@"^\s*(?:\w+\s+)*(?:class|struct|record|interface|enum)\s+\w")]
    private static partial Regex TypeHead();

    [GeneratedRegex(@"^[^(=]*[^(=!<>]=(?![=>])")]
    private static partial Regex InitialValue();
}
