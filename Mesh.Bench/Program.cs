namespace Mesh.Bench;

/// <summary>Benchmarks, each beside a baseline in the same run.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        switch (args)
        {
            case ["dispatch"]:
                return DispatchBench.Run();
            default:
                Console.Error.WriteLine("usage: dotnet run -c Release --project Mesh.Bench -- dispatch");
                return 2;
        }
    }
}
