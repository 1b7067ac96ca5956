using System.Net;
using System.Net.Sockets;
using Mesh.Core;
using Mesh.Core.Runtime;
using Mesh.Core.Transport;
using Mesh.Core.Trust;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Core.Nodes;

/// <summary>What callers and strangers get wrong does not end a node.</summary>
[Category("Socket")]
public sealed class MeshNodeMisuseTests
{
    [Test, CancelAfter(30_000)]
    public async Task Ended_StaysOpen_WhenCallersPassWhatCannotBe(CancellationToken cancellationToken)
    {
        using var folders = new TemporaryFolder();
        await using var node = await StartAsync(folders, cancellationToken);
        await using var chart = ProducerChart.Start("producer", TimeProvider.System);
        await node.HostAsync(chart, "first", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                async () => await node.HostAsync(chart, "second", cancellationToken),
                Throws.InstanceOf<MeshException>());
            Assert.That(
                async () => await node.AcceptAsync(" ", Rights.Watch, cancellationToken),
                Throws.InstanceOf<ArgumentException>());
            Assert.That(
                async () => await node.AddPeerAsync(new IPEndPoint(IPAddress.Loopback, 0), cancellationToken),
                Throws.InstanceOf<ArgumentException>());
            Assert.That((await node.StatusAsync(cancellationToken)).Charts, Is.EqualTo(new[] { "first" }));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task FramePort_IsBoundAnew_WhenStrangersPileUpSubscriptions(CancellationToken cancellationToken)
    {
        using var folders = new TemporaryFolder();
        await using var node = await StartAsync(folders, cancellationToken);
        var frames = new IPEndPoint(IPAddress.Loopback, node.FramePort);
        var options = new SocketOptions { SendHighWaterMark = 20_000 };
        using (var transport = MeshLibraries.CreateTransport())
        {
            // Two, so that neither sends more than a reader may.
            using var one = transport.Connect(SocketKind.Subscriber, frames, options);
            using var other = transport.Connect(SocketKind.Subscriber, frames, options);
            for (var topic = 0; topic < 3 * PublishPart.MaxSubscriptions / 2; topic++)
            {
                (topic % 2 == 0 ? one : other).Subscribe(BitConverter.GetBytes(topic));
            }

            await Eventually.GetAsync(
                () => node.StatusAsync(cancellationToken).GetAwaiter().GetResult().Counters["publish.rebinds"],
                rebinds => rebinds > 0,
                cancellationToken);
        }

        var isBound = await Eventually.GetAsync(
            () => CanConnect(frames), connected => connected, cancellationToken);

        Assert.That((isBound, node.Ended.IsCompleted), Is.EqualTo((true, false)));
    }

    private static bool CanConnect(IPEndPoint endpoint)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(endpoint);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static Task<MeshNode> StartAsync(TemporaryFolder folders, CancellationToken cancellationToken) =>
        MeshNode.StartAsync(
            new MeshOptions { StateFolder = folders["pi"], Name = "pi", Beacons = false },
            new MeshPlatform(TimeProvider.System),
            cancellationToken);
}
