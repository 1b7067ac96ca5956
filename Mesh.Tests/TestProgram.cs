using Mesh.Tests.Fuzzing;

namespace Mesh.Tests;

/// <summary>What the tests can be run as beside tests: the fuzzer, or the program on a network that loses.</summary>
internal static class TestProgram
{
    private static async Task<int> Main(string[] arguments) => arguments is [FuzzProgram.Verb, .. var options]
        ? FuzzProgram.Run(options)
        : await LossyProgram.RunAsync(arguments);
}
