using Mesh.Core;
using Mesh.Core.Trust;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Core.Nodes;

/// <summary>Two nodes in one process over real sockets on the loopback interface.</summary>
[Category("Socket")]
public sealed class MeshNodeSocketTests
{
    [Test, CancelAfter(30_000)]
    public async Task WatchAsync_ShowsEveryStep_OfATrustedPeersChart(CancellationToken cancellationToken)
    {
        using var folders = new TemporaryFolder();
        var platform = new MeshPlatform(TimeProvider.System);
        await using var pi = await MeshNode.StartAsync(Options(folders, "pi"), platform, cancellationToken);
        await using var win = await MeshNode.StartAsync(Options(folders, "win"), platform, cancellationToken);
        await using var producer = ProducerChart.Start("producer_pi", TimeProvider.System);
        await pi.HostAsync(producer, "producer", cancellationToken);

        var code = await pi.InviteAsync(TimeSpan.FromMinutes(1), Rights.Watch, cancellationToken);
        var joined = await win.JoinAsync(code, cancellationToken);
        var view = await win.WatchAsync("pi/...", cancellationToken);
        producer.PostFifo(ProducerChart.B);
        producer.PostFifo(ProducerChart.A);
        await producer.WhenIdleAsync(cancellationToken);
        var expected = producer.Spy();
        var seen = await Eventually.GetAsync(
            () => view.Charts().SingleOrDefault()?.Spy(), spy => spy?.Count == expected?.Count, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(joined.Name, Is.EqualTo("pi"));
            Assert.That(view.Charts().Single().ToString(), Is.EqualTo("pi/producer"));
            Assert.That(seen, Is.EqualTo(expected));
        }
    }

    [Test, CancelAfter(30_000)]
    public async Task StartAsync_FindsATrustedPeerByBeacon_AndItsChartWhenItComesBack(
        CancellationToken cancellationToken)
    {
        const int beaconPort = 31_750;
        using var folders = new TemporaryFolder();
        var platform = new MeshPlatform(TimeProvider.System);
        await using var pi = await MeshNode.StartAsync(
            Options(folders, "pi") with { Beacons = true, BeaconPort = beaconPort, Interfaces = ["lo"] },
            platform, cancellationToken);
        var winOptions = Options(folders, "win") with
        {
            Beacons = true,
            BeaconPort = beaconPort,
            Interfaces = ["lo"],
        };
        await using (var win = await MeshNode.StartAsync(winOptions, platform, cancellationToken))
        {
            await EventuallySeenAsync(win, pi, peer => peer.IsBeaconHeard, cancellationToken);
            await EventuallySeenAsync(
                pi, win, peer => peer is { IsBeaconHeard: true, Trust: "seen" }, cancellationToken);
            await win.AcceptAsync(pi.Id.ToString(), Rights.Watch, cancellationToken);
            await EventuallySeenAsync(pi, win, peer => peer is { Trust: "pending", Name: "win" }, cancellationToken);
            await pi.AcceptAsync("win", Rights.Watch, cancellationToken);
            await EventuallySeenAsync(win, pi, peer => peer is { Presence: "alive", Name: "pi" }, cancellationToken);
        }

        await EventuallySeenAsync(pi, "win", peer => peer.Presence == "left", cancellationToken);
        await using var again = await MeshNode.StartAsync(winOptions, platform, cancellationToken);
        await EventuallySeenAsync(pi, again, peer => peer.Presence == "alive", cancellationToken);
    }

    private static Task<PeerStatus?> EventuallySeenAsync(
        MeshNode node, MeshNode peer, Predicate<PeerStatus> isRight, CancellationToken cancellationToken) =>
        EventuallySeenAsync(node, peer.Id.ToString(), isRight, cancellationToken);

    private static Task<PeerStatus?> EventuallySeenAsync(
        MeshNode node, string peer, Predicate<PeerStatus> isRight, CancellationToken cancellationToken) =>
        Eventually.GetAsync(
            () => node.PeersAsync(cancellationToken).GetAwaiter().GetResult()
                .FirstOrDefault(status => status.Id == peer || status.Name == peer),
            status => status is not null && isRight(status),
            cancellationToken);

    private static MeshOptions Options(TemporaryFolder folders, string name) => new()
    {
        StateFolder = folders[name],
        Name = name,
        Beacons = false,
    };
}
