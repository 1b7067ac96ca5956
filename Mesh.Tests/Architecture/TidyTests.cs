using System.Text.RegularExpressions;
using NUnit.Framework;

namespace Mesh.Tests.Architecture;

/// <summary>Rules of the house that no analyzer checks.</summary>
public sealed partial class TidyTests
{
    private const int MaxFileLines = 400;
    private const int MaxColumns = 120;

    private static IEnumerable<string> SourceFiles =>
        Directory.EnumerateDirectories(RepositoryRoot.Path, "Mesh.*")
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories));

    [Test]
    public void SourceFiles_AreAtMost400LinesOf120Columns()
    {
        var faults = new List<string>();

        foreach (var file in SourceFiles)
        {
            var lines = File.ReadAllLines(file);
            if (lines.Length > MaxFileLines)
            {
                faults.Add($"{Relative(file)}: {lines.Length} lines");
            }

            faults.AddRange(lines.Select((line, index) => (line, index))
                .Where(entry => entry.line.Length > MaxColumns)
                .Select(entry => $"{Relative(file)}:{entry.index + 1}: {entry.line.Length} columns"));
        }

        Assert.That(faults, Is.Empty);
    }

    [Test]
    public void SourceFiles_HoldOneTypeNamedAfterTheFile()
    {
        var faults = new List<string>();

        foreach (var file in SourceFiles)
        {
            var types = TopLevelType().Matches(File.ReadAllText(file)).Select(match => match.Groups["name"].Value)
                .Distinct().ToList();
            var expected = Path.GetFileName(file).Split('.')[0];
            if (types.Count > 1 || (types.Count == 1 && types[0] != expected))
            {
                faults.Add($"{Relative(file)}: {string.Join(", ", types)}");
            }
        }

        Assert.That(faults, Is.Empty);
    }

    private static string Relative(string file) => Path.GetRelativePath(RepositoryRoot.Path, file);

    // File-scoped namespaces put every top-level type in the first column.
    [GeneratedRegex(
        @"^(?:(?:public|internal|file|sealed|static|abstract|readonly|ref|partial|unsafe|new)\s+)*" +
        @"(?:(?:record\s+(?:struct|class)|record|class|struct|interface|enum)\s+|delegate\s+[\w<>\[\],.? ]+?\s+)" +
        @"(?<name>\w+)",
        RegexOptions.Multiline)]
    private static partial Regex TopLevelType();
}
