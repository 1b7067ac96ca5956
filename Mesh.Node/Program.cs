using Mesh.Node.Hosting;

namespace Mesh.Node;

/// <summary>The <c>meshnode</c> process: the real machine around <see cref="MeshNodeProgram"/>.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        using var signals = SystemServices.ListenForSignals();
        var exitCode = await MeshNodeProgram.RunAsync(arguments, SystemServices.Create(signals.StopToken));
        return (int)signals.Resolve(exitCode);
    }
}
