using System.Text;
using Mesh.Node;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Node.Charts;

/// <summary>The programs and commands of <c>docs/statecharts.md</c> run, and print what stands there.</summary>
[NonParallelizable]
public sealed class DocumentProgramTests
{
    private const string Mark = "=== ";

    private static readonly IReadOnlyList<DocumentBlock> Blocks = DocumentBlock.ReadAll(File.ReadAllText(
        Path.Combine(Architecture.RepositoryRoot.Path, "docs", "statecharts.md")));

    // The block that is nothing but directives stands at the head of each program.
    private static DocumentBlock Head => Blocks.Single(block => block.Language == "csharp" && IsHead(block));

    private static IReadOnlyList<DocumentBlock> Programs =>
        [.. Blocks.Where(block => block.Language == "csharp" && !IsHead(block))];

    private static IEnumerable<TestCaseData> Commands => Blocks
        .Where(block => block is { Language: "sh", Listing: not null })
        .Select(block => new TestCaseData(block.Content.Trim(), block.Listing)
            .SetArgDisplayNames(block.Content.Trim()));

    [Test, Category("Process"), CancelAfter(120_000)]
    public void Programs_PrintWhatTheDocumentShows()
    {
        using var folders = new TemporaryFolder();
        var program = ProgramCompiler.Compile(folders, "samples", [.. Files()]);

        var (exitCode, text) = ProgramCompiler.Run(program);

        Assert.That(exitCode, Is.Zero, text);
        var printed = text.ReplaceLineEndings("\n").Split(Mark, StringSplitOptions.RemoveEmptyEntries);
        Assert.That(printed, Has.Length.EqualTo(Programs.Count));
        using (Assert.EnterMultipleScope())
        {
            foreach (var (block, output) in Programs.Zip(printed))
            {
                Assert.That(output, Is.EqualTo(block.Listing ?? ""), block.Content);
            }
        }
    }

    [TestCaseSource(nameof(Commands))]
    public async Task Commands_PrintWhatTheDocumentShows(string command, string listing)
    {
        var result = await ProgramInProcess.RunAsync(Words(command).Skip(1));

        Assert.That(result, Is.EqualTo(new ProgramResult(ExitCode.Ok, listing, "")));
    }

    [Test]
    public void Samples_AreShownOrRun()
    {
        Assert.That((Programs.Count, Commands.Count()), Is.GreaterThan((6, 2)));
    }

    private static bool IsHead(DocumentBlock block) => block.Content.Split('\n').All(
        line => line.Length == 0 || line.StartsWith("using ", StringComparison.Ordinal));

    private static IEnumerable<(string Name, string Text)> Files()
    {
        yield return ("Usings.cs", string.Concat(Head.Content.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => $"global {line}\n")));
        var main = new StringBuilder();
        for (var number = 0; number < Programs.Count; number++)
        {
            yield return ($"Sample{number}.cs", Wrapped(number, Programs[number].Content));
            main.AppendLine($"Console.Write(\"{Mark}\");").AppendLine($"await Sample{number}.Sample.RunAsync();");
        }

        yield return ("Program.cs", main.ToString());
    }

    // A program of its own: statements first, then types, which begin at the start of a line.
    private static string Wrapped(int number, string code)
    {
        var lines = code.Split('\n');
        var types = Array.FindIndex(lines, line => line.StartsWith("sealed ", StringComparison.Ordinal));
        types = types < 0 ? lines.Length : types;
        return $$"""
            #pragma warning disable CS1998
            namespace Sample{{number}};

            static class Sample
            {
                public static async Task RunAsync()
                {
            {{string.Join('\n', lines[..types])}}
                }
            }

            {{string.Join('\n', lines[types..])}}
            """;
    }

    // Words are parted by spaces, and hold some between quotes; files are named from the root of the repository.
    private static IEnumerable<string> Words(string command)
    {
        return command.Split('"').SelectMany((part, place) => place % 2 == 1 ? [part]
            : part.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(word => word.StartsWith("docs/", StringComparison.Ordinal)
                    ? Path.Combine(Architecture.RepositoryRoot.Path, word) : word));
    }
}
