using System.Net;
using System.Net.Sockets;
using Mesh.Core;
using Mesh.Core.Trust;
using Mesh.Tests.Core.Hostile;
using Mesh.Tests.Core.Transport;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Hostile;

/// <summary>Real connections that an accepted peer's beacons cause at somebody who is no node.</summary>
[Category("Socket"), NonParallelizable]
public sealed class ReflectionTests
{
    private const int BeaconPort = 31_797;
    private const int VictimPorts = 4;

    private static readonly TimeSpan Length = TimeSpan.FromSeconds(4.5);

    [Test, CancelAfter(60_000)]
    public async Task Node_ConnectsToAVictimOnceInTwoSeconds_WhicheverOfItsPortsAreNamed(
        CancellationToken cancellationToken)
    {
        using var folders = new TemporaryFolder();
        using var liar = new BeaconForge();
        var options = new MeshOptions
        {
            StateFolder = folders["node"],
            Name = "node",
            BeaconPort = BeaconPort,
            Interfaces = ["lo"],
        };
        await using var node = await MeshNode.StartAsync(
            options, new MeshPlatform(TimeProvider.System), cancellationToken);
        await node.AcceptAsync(liar.Identity.Id.ToString(), Rights.Watch, cancellationToken);
        var victims = Enumerable.Range(0, VictimPorts).Select(_ => RawPeer.Listen()).ToList();
        var ports = victims.Select(victim => (ushort)((IPEndPoint)victim.LocalEndPoint!).Port).ToArray();

        using (var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp))
        using (var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50)))
        {
            for (var count = 0; count < Length / timer.Period; count++)
            {
                await timer.WaitForNextTickAsync(cancellationToken);
                var beacon = liar.Write(ports[count % VictimPorts]);
                _ = socket.SendTo(beacon, new IPEndPoint(IPAddress.Loopback, BeaconPort));
            }
        }

        var connections = victims.Sum(CountAccepted);
        var counters = (await node.StatusAsync(cancellationToken)).Counters;
        victims.ForEach(victim => victim.Dispose());
        await TestContext.Out.WriteLineAsync(
            $"{connections} connections in {Length.TotalSeconds} s, {counters["beacon.seen"]} beacons");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(counters["beacon.seen"], Is.GreaterThan(VictimPorts), "the beacons are believed");
            Assert.That(connections, Is.InRange(1, 3));
            Assert.That(counters["session.dialled"], Is.EqualTo(connections), "each connection is counted here too");
        }
    }

    private static int CountAccepted(Socket listener)
    {
        var count = 0;
        while (listener.Poll(TimeSpan.Zero, SelectMode.SelectRead))
        {
            listener.Accept().Dispose();
            count++;
        }

        return count;
    }
}
