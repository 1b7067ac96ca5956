using Mesh.Core.Discovery;
using Mesh.Core.Logs;
using Mesh.Core.Runtime;
using Mesh.Core.Sessions;
using Mesh.Core.Transport;
using Mesh.Core.Trust;
using Mesh.Core.Wire;
using Mesh.Tests.Core.Hostile;
using NUnit.Framework;

namespace Mesh.Tests.Hostile;

/// <summary>Each limit of docs/wire-format.md: its constant, and the counter that rises when it is broken.</summary>
[Category("Socket"), Platform("Linux")]
public sealed class LimitTests
{
    private const int KiB = 1024;
    private const int MiB = 1024 * 1024;

    private static readonly SessionOptions Sessions = new();

    private static readonly BrokenLimit[] OfBeacons =
    [
        new("bytes of a beacon", WireLimits.MaxBeaconBytes, 480, "datagram.tooLong", lab => lab.Datagram()),
        new("datagrams waiting", DatagramLimits.MaxQueuedDatagrams, 256, "datagram.queueFull",
            lab => lab.DatagramsWaiting()),
        new("datagrams a second of an address", SourceBudget.MaxPerSource, 64, "beacon.rateLimited",
            lab => lab.DatagramsOfAnAddress()),
        new("datagrams a second", SourceBudget.MaxInAll, 1_000, "beacon.rateLimited", lab => lab.DatagramsInAll()),
        new("nodes seen of an address", SeenTable.MaxKeptPerSource, 1_024, "beacon.full",
            lab => lab.NodesOfAnAddress()),
        new("nodes seen", SeenTable.MaxNodes, 16_384, "beacon.full", lab => lab.NodesInAll()),
        new("endpoints of a beacon", WireLimits.MaxBeaconEndpoints, 4, "beacon.malformed", lab => lab.Endpoints()),
        new("peers known", TrustStore.MaxPeers, 4_096, "trust.tooManyPeers", lab => lab.Peers()),
        new("strangers pending", TrustStore.MaxPending, 32, "trust.pendingForgotten", lab => lab.Pending()),
    ];

    private static readonly BrokenLimit[] OfSessions =
    [
        new("message before a session", WireLimits.MaxPreSessionMessageBytes, 2 * KiB, "handshake.malformed",
            lab => lab.PreSessionMessage()),
        new("session message", WireLimits.MaxSessionMessageBytes, 64 * KiB, "session.broken",
            lab => lab.SessionMessage()),
        new("bulk that is not acknowledged", Sessions.BulkWindowBytes, 256 * KiB, "session.broken",
            lab => lab.Credit()),
        new("sessions", Sessions.MaxSessions, 1_024, "session.tooMany", lab => lab.Sessions()),
        new("guests of an id", Sessions.MaxGuestsPerPeer, 16, "session.tooMany", lab => lab.Guests()),
        new("handshakes half open", Sessions.MaxHalfOpen, 64, "session.busy", lab => lab.HalfOpen()),
        new("handshakes half open of an address", Sessions.MaxHalfOpenPerAddress, 8, "session.busy",
            lab => lab.HalfOpenOfAnAddress()),
        new("key agreements a second", Sessions.MaxAgreementsPerSecond, 50, "session.busy", lab => lab.Agreements()),
        new("seconds of a handshake", (long)Sessions.HandshakeTimeout.TotalSeconds, 3, "session.handshakeTimeout",
            lab => lab.HandshakeAge()),
        new("lanes granted", WireLimits.MaxGrantedLanes, 64, "session.broken", lab => lab.Heads()),
        new("outbound queue", Sessions.MaxQueuedBytes, 8 * MiB, "session.queueFull", lab => lab.Queue()),
    ];

    private static readonly BrokenLimit[] OfFrames =
    [
        new("bytes of a frame", WireLimits.MaxFrameBytes, 60_000, "read.badMessages", lab => lab.Frame()),
        new("records of a frame", WireLimits.MaxFrameRecords, 8_192, "read.dropped.malformed", lab => lab.Records()),
        new("bytes of a record", WireLimits.MaxRecordBytes, 32 * KiB, "read.dropped.badRecords",
            lab => lab.RecordLength()),
        new("depth", WireLimits.MaxDepth, 8, "read.dropped.badRecords", lab => lab.Depth()),
        new("text", WireLimits.MaxTextBytes, 256, "read.dropped.badRecords", lab => lab.Text()),
        new("frames held", WireLimits.MaxReorderHoldBytes, 8 * MiB, "read.dropped.noKey", lab => lab.Held()),
        new("lanes read", WireLimits.MaxGrantedLanes, 64, "read.badMessages", lab => lab.Lanes()),
        new("FETCH outstanding", WireLimits.MaxOutstandingFetches, 64, "publish.refused.limit", lab => lab.Fetches()),
        new("subscriptions", PublishPart.MaxSubscriptions, 4_096, "publish.rebinds", lab => lab.Subscriptions()),
    ];

    private static readonly BrokenLimit[] OfConnections =
    [
        new("message on the session port", SocketLinks.SessionSocket.MaxMessageBytes, 65 * KiB, "connections.ended",
            lab => lab.Message()),
        new("bytes of subscriptions", ConnectionLimits.MaxSubscriptionBytes, 64 * KiB, "connections.flooding",
            lab => lab.BytesOfSubscriptions()),
        new("waiting bytes of a stranger", ConnectionLimits.MaxStrangerBytes, 512 * KiB, "connections.flooding",
            lab => lab.WaitingOfAStranger()),
        new("waiting bytes of a session", ConnectionLimits.MaxKnownBytes, 8 * MiB, "connections.flooding",
            lab => lab.WaitingOfASession()),
        new("waiting bytes of a publisher", ConnectionLimits.MaxFrameBytes, 32 * MiB, "connections.flooding",
            lab => lab.WaitingOfAPublisher()),
        new("waiting bytes in all", ConnectionLimits.MaxWaitingBytes, 32 * MiB, "connections.flooding",
            lab => lab.WaitingInAll()),
        new("connections", ConnectionLimits.MaxConnections, 2_048, "connections.tooMany", lab => lab.Connections()),
        new("strangers of an address", ConnectionLimits.MaxStrangersPerAddress, 256, "connections.tooMany",
            lab => lab.ConnectionsOfAnAddress()),
        new("seconds of a stranger", (long)ConnectionLimits.MaxStrangerAge.TotalSeconds, 10, "connections.idle",
            lab => lab.AgeOfAStranger()),
    ];

    private static IEnumerable<TestCaseData> All =>
        OfBeacons.Concat(OfSessions).Concat(OfFrames).Concat(OfConnections)
            .Select(limit => new TestCaseData(limit).SetArgDisplayNames(limit.ToString()));

    [TestCaseSource(nameof(All)), CancelAfter(60_000)]
    public async Task Counters_ShowALimit_WhenItIsBroken(object named)
    {
        var limit = (BrokenLimit)named;
        Assert.That(limit.Constant, Is.EqualTo(limit.Promised));
        await using var lab = new LimitLab();

        var goBeyond = limit.Fill(lab);
        var before = lab.Counters[limit.Counter];
        goBeyond();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(before, Is.Zero, "up to the limit nothing is refused");
            Assert.That(lab.Counters[limit.Counter], Is.Positive);
        }
    }

    [Test]
    public async Task Counters_HoldEachReasonToDropAFrame()
    {
        await using var lab = new LimitLab();

        var missing = Enum.GetNames<FrameDrop>()
            .Select(drop => $"read.dropped.{char.ToLowerInvariant(drop[0])}{drop[1..]}")
            .Where(name => !lab.Counters.ContainsKey(name));

        Assert.That(missing, Is.Empty);
    }
}
