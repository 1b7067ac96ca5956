using Mesh.Core;
using Mesh.Core.Discovery;
using Mesh.Core.Logs;
using Mesh.Core.Runtime;
using Mesh.Core.Sessions;
using Mesh.Core.Transport;
using Mesh.Core.Trust;
using Mesh.Core.Wire;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Hostile;

/// <summary>Each limit of docs/wire-format.md: its constant, and the counter that shows it at work.</summary>
public sealed class LimitTests
{
    private const int KiB = 1024;
    private const int MiB = 1024 * 1024;

    private static readonly SessionOptions Sessions = new();

    private static readonly (string Limit, long Constant, long Promised, string Counter)[] Limits =
    [
        ("beacon", WireLimits.MaxBeaconBytes, 480, "datagram.tooLong"),
        ("datagrams waiting", DatagramLimits.MaxQueuedDatagrams, 256, "datagram.queueFull"),
        ("datagrams a second and source", SourceBudget.MaxPerSource, 64, "beacon.rateLimited"),
        ("datagrams a second in all", SourceBudget.MaxInAll, 1_000, "beacon.rateLimited"),
        ("nodes seen", SeenTable.MaxNodes, 16_384, "beacon.full"),
        ("message before a session", WireLimits.MaxPreSessionMessageBytes, 2 * KiB, "handshake.malformed"),
        ("session message", WireLimits.MaxSessionMessageBytes, 64 * KiB, "session.broken"),
        ("message on the session port", SocketLinks.SessionSocket.MaxMessageBytes, 65 * KiB, "connections.ended"),
        ("bulk without an answer", Sessions.BulkWindowBytes, 256 * KiB, "session.broken"),
        ("frame", WireLimits.MaxFrameBytes, 60_000, "read.dropped.malformed"),
        ("records of a frame", WireLimits.MaxFrameRecords, 8_192, "read.dropped.malformed"),
        ("record", WireLimits.MaxRecordBytes, 32 * KiB, "read.dropped.badRecords"),
        ("depth", WireLimits.MaxDepth, 8, "read.dropped.badRecords"),
        ("text", WireLimits.MaxTextBytes, 256, "read.dropped.badRecords"),
        ("sessions", Sessions.MaxSessions, 1_024, "session.tooMany"),
        ("guests of an id", Sessions.MaxGuestsPerPeer, 16, "session.tooMany"),
        ("handshakes half open", Sessions.MaxHalfOpen, 64, "session.busy"),
        ("handshakes half open of an address", Sessions.MaxHalfOpenPerAddress, 8, "session.busy"),
        ("key agreements a second", Sessions.MaxAgreementsPerSecond, 50, "session.busy"),
        ("seconds of a handshake", (long)Sessions.HandshakeTimeout.TotalSeconds, 3, "session.handshakeTimeout"),
        ("strangers pending", TrustStore.MaxPending, 32, "trust.pendingForgotten"),
        ("lanes granted", WireLimits.MaxGrantedLanes, 64, "session.broken"),
        ("outbound queue", Sessions.MaxQueuedBytes, 8 * MiB, "session.queueFull"),
        ("frames held for order or key", WireLimits.MaxReorderHoldBytes, 8 * MiB, "read.dropped.noKey"),
        ("FETCH outstanding", WireLimits.MaxOutstandingFetches, 64, "publish.refused.limit"),
        ("subscriptions", PublishPart.MaxSubscriptions, 4_096, "publish.rebinds"),
        ("bytes of subscriptions", ConnectionLimits.MaxSubscriptionBytes, 64 * KiB, "connections.flooding"),
        ("waiting bytes of a stranger", ConnectionLimits.MaxStrangerBytes, 512 * KiB, "connections.flooding"),
        ("waiting bytes of a session", ConnectionLimits.MaxKnownBytes, 8 * MiB, "connections.flooding"),
        ("waiting bytes in all", ConnectionLimits.MaxWaitingBytes, 32 * MiB, "connections.flooding"),
        ("connections", ConnectionLimits.MaxConnections, 2_048, "connections.tooMany"),
        ("strangers of an address", ConnectionLimits.MaxStrangersPerAddress, 256, "connections.tooMany"),
        ("seconds of a stranger", (long)ConnectionLimits.MaxStrangerAge.TotalSeconds, 10, "connections.idle"),
    ];

    [Test, CancelAfter(30_000)]
    public async Task Counters_ShowEachLimit_WhichIsAsPromised(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        var options = new MeshOptions
        {
            StateFolder = folder["node"],
            Name = "node",
            BeaconPort = 31_780,
            Interfaces = ["lo"],
        };
        await using var node = await MeshNode.StartAsync(
            options, new MeshPlatform(TimeProvider.System), cancellationToken);

        var counters = (await node.StatusAsync(cancellationToken)).Counters;

        using (Assert.EnterMultipleScope())
        {
            foreach (var (limit, constant, promised, counter) in Limits)
            {
                Assert.That(constant, Is.EqualTo(promised), limit);
                Assert.That(counters.ContainsKey(counter), $"{limit}: {counter}");
            }

            foreach (var drop in Enum.GetNames<FrameDrop>())
            {
                var name = $"read.dropped.{char.ToLowerInvariant(drop[0])}{drop[1..]}";
                Assert.That(counters.ContainsKey(name), name);
            }
        }
    }

    [Test]
    public void MaxKnownPeers_IsAsPromised_AndToldToWhoAsks() =>
        Assert.That(TrustStore.MaxPeers, Is.EqualTo(4_096));
}
