namespace Mesh.Bench;

/// <summary>Benchmarks, each beside a baseline in the same run.</summary>
internal static class Program
{
    private static int Main() => 0;
}
