using System.Net;
using Mesh.Core;
using Mesh.Core.Discovery;
using Mesh.Core.Identity;
using Mesh.Core.Runtime;
using Mesh.Core.Sealing;
using Mesh.Core.Transport.Memory;
using Mesh.Core.Trust;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Core.Nodes;

/// <summary>What a whole node says in its beacons, heard by somebody else on a network in memory.</summary>
public sealed class MeshNodeBeaconTests
{
    [Test, CancelAfter(30_000)]
    public async Task InviteAsync_ShowsInTheBeacons_UntilTheInviteExpires(CancellationToken cancellationToken)
    {
        using var folders = new TemporaryFolder();
        var network = new MemoryNetwork(new Random(1), MemoryNetworkMode.Threaded);
        var host = network.AddHost("pi").Attach("eth0", "lan", IPAddress.Parse("10.0.0.1"), 24);
        var other = network.AddHost("win").Attach("eth0", "lan", IPAddress.Parse("10.0.0.2"), 24);
        var primitives = PrimitivesProvider.Load();
        using var identity = NodeIdentity.Create(primitives);
        using var key = MeshKey.FromName(primitives, "default");
        var heard = new NodeDiscovery(identity, key, primitives, new Random(1));
        var options = new MeshOptions { StateFolder = folders["pi"], Name = "pi" };
        using var hearer = new BeaconPart(heard, other.Datagrams, options, () => { });
        var platform = new MeshPlatform(TimeProvider.System)
        {
            MakeTransport = host.CreateTransport,
            Datagrams = host.Datagrams,
        };
        await using var node = await MeshNode.StartAsync(options, platform, cancellationToken);

        await EventuallyAsync(accepts: false);
        _ = await node.InviteAsync(TimeSpan.FromSeconds(3), Rights.Watch, cancellationToken);
        await EventuallyAsync(accepts: true);
        await EventuallyAsync(accepts: false);

        Task EventuallyAsync(bool accepts) => Eventually.GetAsync(
            () =>
            {
                hearer.Turn(TimeSpan.Zero);
                return heard.Find(node.Id)?.AcceptsStrangers;
            },
            seen => seen == accepts,
            cancellationToken);
    }
}
