using Mesh.Bench.Harness;

namespace Mesh.Bench;

/// <summary>What the command line asks for.</summary>
/// <param name="Benchmarks">What to measure.</param>
/// <param name="JsonFile">Where the machine-readable report goes; null for nowhere.</param>
internal sealed record BenchArguments(IReadOnlyList<IBenchmark> Benchmarks, string? JsonFile)
{
    /// <summary>Reads the command line.</summary>
    /// <param name="words">The words.</param>
    /// <param name="fault">What is wrong with it, when the result is null.</param>
    public static BenchArguments? TryParse(IReadOnlyList<string> words, out string fault)
    {
        fault = string.Empty;
        string? file = null;
        var chosen = new List<IBenchmark>();
        for (var index = 0; index < words.Count; index++)
        {
            var word = words[index];
            if (word == "--json" && index + 1 < words.Count)
            {
                file = words[++index];
            }
            else if (BenchmarkCatalog.All.Where(benchmark => benchmark.Name == word).ToList() is { Count: > 0 } found)
            {
                chosen.AddRange(found);
            }
            else
            {
                fault = word == "--json" ? "--json needs a file" : $"there is no benchmark \"{word}\"";
                return null;
            }
        }

        return new BenchArguments(chosen.Count == 0 ? BenchmarkCatalog.All : chosen, file);
    }
}
