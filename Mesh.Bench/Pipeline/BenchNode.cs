using System.Net;
using Mesh.Bench.Processes;
using Mesh.Core;
using Mesh.Core.Sealing;
using Mesh.Core.Transport;
using Mesh.Core.Trust;

namespace Mesh.Bench.Pipeline;

/// <summary>Starts the nodes of a benchmark: on this machine, without beacons, trusting each other.</summary>
internal static class BenchNode
{
    /// <summary>Starts a node.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="settings">Its folder, where the publisher is, and whether frames are sealed.</param>
    /// <param name="transport">Its sockets.</param>
    public static MeshNode Start(string name, ChildSettings settings, ITransport transport)
    {
        var options = new MeshOptions
        {
            StateFolder = settings.Folder,
            Name = name,
            Beacons = false,
            Accept = AcceptMode.Always,
            Peers = settings.Port == 0 ? [] : [new IPEndPoint(IPAddress.Loopback, settings.Port)],
        };
        var platform = new MeshPlatform(TimeProvider.System)
        {
            MakeTransport = () => transport,
            MakePrimitives = () => settings.IsSealed
                ? PrimitivesProvider.Load()
                : new UnsealedPrimitives(PrimitivesProvider.Load()),
        };
        return MeshNode.StartAsync(options, platform).GetAwaiter().GetResult();
    }
}
