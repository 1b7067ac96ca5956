using Mesh.Tests.Architecture;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.EndToEnd;

/// <summary>The program in the README: compiled as it stands there, and run beside a real node.</summary>
[Category("Process")]
[NonParallelizable]
public sealed class EmbeddingTests
{
    [Test, CancelAfter(120_000)]
    public async Task TheReadmesProgram_HostsAChart_AndWatchesAnotherNodes(CancellationToken cancellationToken)
    {
        using var folders = new TemporaryFolder();
        await using var mesh = new TestMesh();
        var program = ProgramCompiler.Compile(folders, "embedding", ("Program.cs", ReadmeProgram()));
        await mesh.UpAsync(
            "pi", null, cancellationToken, "--no-beacon", "--chart", "sample:producer", "--event-period", "100ms");
        await mesh.TrustAsync(("pi", null), ("box", null), cancellationToken);

        var box = mesh.StartProgram("box", program, mesh.FolderOf("box"));
        await box.WaitForOutputAsync(
            line => line.Contains("[producer_pi] e->B() c1->c1", StringComparison.Ordinal), cancellationToken);
        var (exitCode, trace, errors) = await mesh.RunAsync("pi", null, cancellationToken, "trace", "box/lamp");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exitCode, Is.Zero, string.Join('\n', errors));
            Assert.That(trace.Select(line => line[(line.IndexOf(']', StringComparison.Ordinal) + 2)..]), Is.EqualTo(
                new[] { "[66b76] e->start_at() top->off", "[66b76] e->TOGGLE() off->on" }));
        }
    }

    private static string ReadmeProgram()
    {
        var readme = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "README.md"));
        var start = readme.IndexOf("```csharp\n", StringComparison.Ordinal) + "```csharp\n".Length;
        var code = readme[start..readme.IndexOf("```", start, StringComparison.Ordinal)];
        var usings = string.Concat(code.Split('\n')
            .TakeWhile(line => line.StartsWith("using", StringComparison.Ordinal))
            .Select(line => line + "\n"));
        return $"{usings}var folder = args[0];\n{code[usings.Length..]}";
    }
}
