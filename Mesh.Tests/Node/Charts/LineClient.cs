using System.Text.Json;
using Mesh.Node;
using NUnit.Framework;

namespace Mesh.Tests.Node.Charts;

/// <summary>Runs <c>meshnode charts run -o json-lines</c> over requests.</summary>
internal static class LineClient
{
    /// <summary>The path of a chart among the expectations.</summary>
    public static string Chart(string name) => Path.Combine(AppContext.BaseDirectory, "Expectations", "charts", name);

    /// <summary>The path of a sample of the documentation.</summary>
    public static string Sample(string name) =>
        Path.Combine(Architecture.RepositoryRoot.Path, "docs", "samples", name);

    /// <summary>Runs requests; each is answered by one line.</summary>
    public static async Task<IReadOnlyList<JsonElement>> AnswersAsync(string file, params string[] requests)
    {
        string[] all = [$$"""{"op":"load","file":{{JsonSerializer.Serialize(file)}}}""", .. requests];
        var result = await ProgramInProcess.RunAsync(
            ["charts", "run", "-o", "json-lines"], string.Join('\n', all) + "\n");
        Assert.That((result.ExitCode, result.Error), Is.EqualTo((ExitCode.Ok, "")));
        var lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines, Has.Length.EqualTo(all.Length));
        return [.. lines.Select(line => JsonDocument.Parse(line).RootElement)];
    }

    /// <summary>The texts of a member.</summary>
    public static IEnumerable<string> Texts(this JsonElement answer, string name) =>
        answer.GetProperty(name).EnumerateArray().Select(item => item.GetString()!);
}
