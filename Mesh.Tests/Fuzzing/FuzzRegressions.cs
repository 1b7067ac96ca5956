using Mesh.Tests.Architecture;

namespace Mesh.Tests.Fuzzing;

/// <summary>The inputs that were findings once, as hexadecimal lines in a file for each target.</summary>
internal static class FuzzRegressions
{
    private const string Folder = "Vectors/fuzz";

    /// <summary>Reads the inputs of a target.</summary>
    /// <param name="target">Its name.</param>
    public static IReadOnlyList<byte[]> Read(string target)
    {
        var path = Path.Combine(AppContext.BaseDirectory, Folder, target + ".hex");
        return !File.Exists(path) ? [] :
            [.. File.ReadLines(path).Where(line => line.Length > 0 && line[0] != '#').Select(Convert.FromHexString)];
    }

    /// <summary>Keeps an input in the checkout, to be replayed from the next build on.</summary>
    /// <param name="finding">What was found.</param>
    /// <returns>The file.</returns>
    public static string Keep(FuzzFinding finding)
    {
        var path = Path.Combine(RepositoryRoot.Path, "Mesh.Tests", Folder, finding.Target + ".hex");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var why = finding.Fault.Split('\n')[0].TrimEnd();
        File.AppendAllLines(
            path, [$"# seed {finding.Seed}, input {finding.Number}: {why}", Convert.ToHexStringLower(finding.Input)]);
        return path;
    }
}
