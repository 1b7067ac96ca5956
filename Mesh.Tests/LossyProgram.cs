using Mesh.Core;
using Mesh.Node;
using Mesh.Node.Hosting;
using Mesh.Tests.Hostile;
using Mesh.Tests.Support;

namespace Mesh.Tests;

/// <summary>
/// The <c>meshnode</c> program on a network that loses one published frame in twenty, and the node that is attacked.
/// </summary>
internal static class LossyProgram
{
    private const double Share = 0.05;
    private const int Seed = 20;

    /// <summary>Runs <c>meshnode</c>.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>Its exit code.</returns>
    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is [VictimProgram.Verb, .. var rest])
        {
            return await VictimProgram.RunAsync(rest);
        }

        using var signals = SystemServices.ListenForSignals();
        var services = SystemServices.Create(signals.StopToken) with
        {
            MakePlatform = time => new MeshPlatform(time)
            {
                MakeTransport = () => new LossyTransport(MeshLibraries.CreateTransport(), new Random(Seed), Share),
            },
        };
        return (int)signals.Resolve(await MeshNodeProgram.RunAsync(arguments, services));
    }
}
