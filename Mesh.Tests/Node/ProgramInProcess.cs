using System.Text;
using Mesh.Node;

namespace Mesh.Tests.Node;

/// <summary>Runs <c>meshnode</c> inside the test, with streams in memory.</summary>
internal static class ProgramInProcess
{
    /// <summary>Runs a command line to its end.</summary>
    public static async Task<ProgramResult> RunAsync(IEnumerable<string> arguments, string input = "")
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        using var given = new MemoryStream(Encoding.UTF8.GetBytes(input));
        var exitCode = await MeshNodeProgram.RunAsync([.. arguments], Services(output, error, given));
        return new ProgramResult(
            exitCode, Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(error.ToArray()));
    }

    /// <summary>Services around the given streams, on the system's clock.</summary>
    public static ProgramServices Services(Stream output, Stream error, Stream input) => new()
    {
        Output = output,
        Error = error,
        Input = input,
        Time = TimeProvider.System,
        Environment = _ => null,
    };
}
