using System.Globalization;
using Mesh.Core;
using Mesh.Core.Trust;
using Mesh.Node.Samples;

namespace Mesh.Tests.Hostile;

/// <summary>A node in a process of its own, on a beacon port of its own, whose one chart never rests.</summary>
internal static class VictimProgram
{
    /// <summary>The first argument that chooses this program.</summary>
    public const string Verb = "victim";

    /// <summary>What its one line begins with; an invite code follows.</summary>
    public const string Ready = "ready ";

    /// <summary>Runs until the standard input ends.</summary>
    /// <param name="arguments">State folder, UDP port of beacons, milliseconds between two steps.</param>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var options = new MeshOptions
        {
            StateFolder = arguments[0],
            Name = "victim",
            BeaconPort = int.Parse(arguments[1], CultureInfo.InvariantCulture),
            Interfaces = ["lo"],
        };
        var period = TimeSpan.FromMilliseconds(int.Parse(arguments[2], CultureInfo.InvariantCulture));
        await using var node = await MeshNode.StartAsync(options, new MeshPlatform(TimeProvider.System));
        var settings = new SampleSettings(node.Name, null, period);
        var chart = SampleCharts.Start(new SampleChoice("busy", "blinker"), settings, TimeProvider.System);
        await using var ending = chart.Ending;
        await node.HostAsync(chart.Chart, chart.Name);
        Console.WriteLine(Ready + await node.InviteAsync(TimeSpan.FromMinutes(5), Rights.Watch));
        await Console.In.ReadLineAsync();
        return 0;
    }
}
