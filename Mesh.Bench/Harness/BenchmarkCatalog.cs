using System.Reflection;

namespace Mesh.Bench.Harness;

/// <summary>All benchmarks of the program.</summary>
internal static class BenchmarkCatalog
{
    public static IReadOnlyList<IBenchmark> All { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IBenchmark)))
            .Select(type => (IBenchmark)Activator.CreateInstance(type)!)
            .OrderBy(benchmark => benchmark.Order)
            .ThenBy(benchmark => benchmark.Name, StringComparer.Ordinal),
    ];
}
