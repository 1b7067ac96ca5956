using System.Net;
using Mesh.Core;
using Mesh.Core.Identity;
using Mesh.Core.Sealing;
using Mesh.Core.Transport.Memory;
using Mesh.Core.Trust;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Core.Nodes;

/// <summary>An invite leads into the mesh of the inviter: whole nodes on a network in memory.</summary>
public sealed class MeshNodeJoinTests : IDisposable
{
    private readonly TemporaryFolder _folders = new();
    private readonly MemoryNetwork _network = new(new Random(1), MemoryNetworkMode.Threaded);
    private readonly MemoryHost _pi;
    private readonly MemoryHost _win;

    public MeshNodeJoinTests()
    {
        _pi = _network.AddHost("pi").Attach("eth0", "lan", IPAddress.Parse("10.0.0.1"), 24);
        _win = _network.AddHost("win").Attach("eth0", "lan", IPAddress.Parse("10.0.0.2"), 24);
    }

    [TestCase(true), TestCase(false), CancelAfter(60_000)]
    public async Task JoinAsync_LeadsIntoTheMeshOfTheInviter_NowAndInLaterRuns(
        bool hasKey, CancellationToken cancellationToken)
    {
        await using var pi = await StartAsync(_pi, InviterOptions(hasKey), cancellationToken);
        var mesh = (await pi.StatusAsync(cancellationToken)).Mesh;
        await using (var win = await StartAsync(_win, Options("win"), cancellationToken))
        {
            await JoinAsync(pi, win, cancellationToken);
            var status = await win.StatusAsync(cancellationToken);
            Assert.That((status.Mesh, status.HasMeshKey), Is.EqualTo((mesh, hasKey)));

            // Its beacons are heard in the mesh already.
            await EventuallyAsync(pi, win.Id, peer => peer.IsBeaconHeard, cancellationToken);
        }

        await EventuallyAsync(pi, null, peer => peer.Presence == "left", cancellationToken);
        await using var again = await StartAsync(_win, Options("win"), cancellationToken);
        await using var guest = await StartAsync(
            _win, Options("win") with { Role = MeshRole.Guest }, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((await again.StatusAsync(cancellationToken)).Mesh, Is.EqualTo(mesh));
            Assert.That((await guest.StatusAsync(cancellationToken)).Mesh, Is.EqualTo(mesh));
        }

        await EventuallyAsync(again, pi.Id, peer => peer.Presence == "alive", cancellationToken);
        await EventuallyAsync(guest, pi.Id, peer => peer.Presence == "alive", cancellationToken);
    }

    [Test, CancelAfter(60_000)]
    public async Task JoinAsync_LeadsAGuestIntoTheMesh_WhenNoOwnerRuns(CancellationToken cancellationToken)
    {
        await using var pi = await StartAsync(_pi, InviterOptions(hasKey: false), cancellationToken);
        await using (var joiner = await StartAsync(
            _win, Options("win") with { Role = MeshRole.Guest }, cancellationToken))
        {
            await JoinAsync(pi, joiner, cancellationToken);
        }

        await using var later = await StartAsync(
            _win, Options("win") with { Role = MeshRole.Guest }, cancellationToken);

        Assert.That(
            (await later.StatusAsync(cancellationToken)).Mesh,
            Is.EqualTo((await pi.StatusAsync(cancellationToken)).Mesh));
        await EventuallyAsync(later, pi.Id, peer => peer.Presence == "alive", cancellationToken);
    }

    [Test, CancelAfter(60_000)]
    public async Task JoinAsync_SaysBothMeshes_AndTrustsNobody_WhenTheJoinerWasStartedInAnother(
        CancellationToken cancellationToken)
    {
        await using var pi = await StartAsync(_pi, InviterOptions(hasKey: false), cancellationToken);
        await using var win = await StartAsync(_win, Options("win") with { MeshName = "home" }, cancellationToken);
        var before = await win.StatusAsync(cancellationToken);

        var fault = await Assert.ThrowsAsync<MeshException>(() => JoinAsync(pi, win, cancellationToken));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(fault!.Failure, Is.EqualTo(MeshFailure.Setup));
            Assert.That(fault.Message, Does.Contain("'lab'").And.Contains("'home'").And.Not.Contains("\n"));
            Assert.That(
                (await win.PeersAsync(cancellationToken)).Select(peer => peer.Trust), Has.None.EqualTo("accepted"));
            Assert.That((await win.StatusAsync(cancellationToken)).Mesh, Is.EqualTo(before.Mesh));
            Assert.That(File.Exists(Path.Combine(_folders["win"], "mesh.name")), Is.False);
        }
    }

    public void Dispose() => _folders.Dispose();

    private static Task<PeerStatus?> EventuallyAsync(
        MeshNode node, NodeId? peer, Predicate<PeerStatus> isRight, CancellationToken cancellationToken) =>
        Eventually.GetAsync(
            () => node.PeersAsync(cancellationToken).GetAwaiter().GetResult()
                .FirstOrDefault(status => peer is null || status.Id == peer.ToString()),
            status => status is not null && isRight(status),
            cancellationToken);

    private static async Task JoinAsync(MeshNode inviter, MeshNode joiner, CancellationToken cancellationToken)
    {
        var code = await inviter.InviteAsync(TimeSpan.FromMinutes(1), Rights.Watch, cancellationToken);
        await joiner.JoinAsync(code, cancellationToken);
    }

    private static Task<MeshNode> StartAsync(
        MemoryHost host, MeshOptions options, CancellationToken cancellationToken)
    {
        var platform = new MeshPlatform(TimeProvider.System)
        {
            LoggerFactory = new TestLoggerFactory(options.Name),
            MakeTransport = host.CreateTransport,
            Datagrams = host.Datagrams,
        };
        return MeshNode.StartAsync(options, platform, cancellationToken);
    }

    private MeshOptions InviterOptions(bool hasKey)
    {
        if (!hasKey)
        {
            return Options("pi") with { MeshName = "lab" };
        }

        using var key = MeshKey.Create(PrimitivesProvider.Load());
        MeshKeyFile.Save(_folders["key"], key);
        return Options("pi") with { MeshKeyFile = _folders["key"] };
    }

    private MeshOptions Options(string name) => new() { StateFolder = _folders[name], Name = name };
}
