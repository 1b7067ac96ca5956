using Mesh.Bench.Harness;
using Mesh.Bench.Processes;

namespace Mesh.Bench;

/// <summary>Benchmarks, each beside a baseline in the same run.</summary>
internal static class Program
{
    private static int Main(string[] words)
    {
        if (words is [ChildProcess.Verb, ..])
        {
            return ChildProgram.Run(words[1..]);
        }

        if (BenchArguments.TryParse(words, out var fault) is not { } arguments)
        {
            Console.Error.WriteLine($"bench: {fault}");
            Console.Error.WriteLine("usage: bench [NAME...] [--json FILE]");
            var names = BenchmarkCatalog.All.Select(known => known.Name).Distinct();
            Console.Error.WriteLine($"  names: {string.Join(' ', names)}");
            return 2;
        }

        var machine = MachineFacts.Read();
        Console.Error.WriteLine(machine);
        var rows = Measure(arguments.Benchmarks);
        ResultTable.Write(Console.Out, machine, rows);
        if (arguments.JsonFile is { } file)
        {
            JsonReport.Write(file, machine, rows);
        }

        return rows.TrueForAll(row => row.IsWorkRight) ? 0 : 1;
    }

    private static List<BenchRow> Measure(IReadOnlyList<IBenchmark> benchmarks)
    {
        var context = new BenchContext(Console.Error);
        var rows = new List<BenchRow>();
        foreach (var benchmark in benchmarks)
        {
            rows.AddRange(benchmark.Run(context));
        }

        context.Say("done");
        return rows;
    }
}
