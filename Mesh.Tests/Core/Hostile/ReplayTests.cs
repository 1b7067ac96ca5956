using System.Net;
using Mesh.Core.Sessions;
using Mesh.Core.Transport;
using Mesh.Core.Trust;
using Mesh.Statecharts.Hosting;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Core.Hostile;

/// <summary>
/// All that whole nodes heard in a run, sent to them once more: at once, later, and after a restart of either side.
/// </summary>
public sealed class ReplayTests
{
    private const int Steps = 40;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly IPAddress Attacker = IPAddress.Parse("10.0.0.9");

    private StillMesh _mesh = null!;
    private StillNode _publisher = null!;
    private StillNode _reader = null!;
    private StillNode _joiner = null!;
    private ChartHost<object> _chart = null!;
    private BeaconTap _beacons = null!;

    public enum Moment
    {
        AtOnce,
        AMinuteLater,
        AfterRestartOfThePublisher,
        AfterRestartOfTheReader,
        AfterRestartOfBoth,
    }

    [SetUp]
    public void Open()
    {
        _mesh = new StillMesh();
        _beacons = new BeaconTap(_mesh.AddHost("tap", "10.0.0.99"));
        _mesh.OnStep = () => _beacons.Take();
        _publisher = _mesh.Add("pi", "10.0.0.1");
        _reader = _mesh.Add("win", "10.0.0.2");
        _joiner = _mesh.Add("new", "10.0.0.3");
        _chart = _publisher.HostChart("chart");
        Dispatch(Steps / 2);
        _mesh.Run(Second);
        _publisher.Accept(_reader.Node.Id, _reader.Address);
        _reader.Accept(_publisher.Node.Id, _publisher.Address);
        Join();
        _reader.Watch();
        for (var count = 0; count < Steps / 2; count++)
        {
            Dispatch(1);
            _mesh.Run(0.05 * Second);
        }

        AssertSeen(_publisher.Parts.Local.Incarnation, Steps + 1);
        Assert.That(_reader.Counters["read.fetchedFrames"], Is.Positive, "the record holds answers to FETCH");
    }

    [TearDown]
    public async Task CloseAsync()
    {
        _beacons.Dispose();
        await _mesh.DisposeAsync();
    }

    [Test]
    public async Task Turn_DoesNothingTwiceAndCountsEach_WhenAllIsReplayedOnOtherConnections([Values] Moment moment)
    {
        var (toPublisher, toReader) = (Record(_publisher), Record(_reader));
        await GoToAsync(moment);
        var before = (_publisher.Counters, _reader.Counters);
        var (steps, rows) = (_reader.Steps.Count, _publisher.Parts.Trust.Store.All.Count);

        ReplayToOthers(_publisher, toPublisher);
        ReplayToOthers(_reader, toReader);
        ReplayFrames(_reader, toReader);
        ReplayBeacons(_publisher);
        ReplayBeacons(_reader);
        _mesh.Run(5 * Second);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_reader.Steps, Has.Count.EqualTo(steps), "no step came");
            Assert.That(_reader.Missing, Is.Zero);
            Assert.That(_publisher.Parts.Trust.Store.All, Has.Count.EqualTo(rows), "nobody was let in");
            Assert.That(_publisher.Counters["session.opened"], Is.EqualTo(before.Item1["session.opened"]));
            Assert.That(_reader.Counters["session.opened"], Is.EqualTo(before.Item2["session.opened"]));
            Assert.That(_publisher.Counters["session.closed"], Is.EqualTo(before.Item1["session.closed"]));
            Assert.That(_reader.Counters["session.closed"], Is.EqualTo(before.Item2["session.closed"]));
            Assert.That(_reader.Transport.Dials.Where(dial => dial.Remote.Address.Equals(Attacker)), Is.Empty);
            Assert.That(_publisher.Transport.Dials.Where(dial => dial.Remote.Address.Equals(Attacker)), Is.Empty);
        }

        Dispatch(3);
        Assert.That(_mesh.RunUntil(() => _reader.Steps.Count == steps + 3), "the stream goes on");
    }

    [Test]
    public async Task Turn_DoesNothingTwice_WhenAllIsReplayedInTheSessionItself([Values] Moment moment)
    {
        var (toPublisher, toReader) = (Record(_publisher), Record(_reader));
        await GoToAsync(moment);
        var steps = _reader.Steps.Count;
        var broken = Broken();

        ReplayIntoSession(_publisher, toPublisher);
        ReplayIntoSession(_reader, toReader);
        Assert.That(Broken(), Is.GreaterThan(broken), "what does not open ends the session");
        Dispatch(3);
        var isSeen = _mesh.RunUntil(() => _reader.Steps.Count == steps + 3);
        _mesh.Run(5 * Second);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(isSeen, "the sessions open again and the stream goes on");
            AssertSeen(_publisher.Parts.Local.Incarnation, _chart.Ring!.Head);
            Assert.That(_reader.Hub.TryGetOwner(_publisher.Node.Id, out _));
        }
    }

    [Test]
    public async Task Receive_RefusesBeaconsOfAnEarlierRun_WhenTheReaderHasForgottenThatItHeardThem()
    {
        var old = _beacons.Take();
        _publisher = await _mesh.RestartAsync(_publisher);
        Assert.That(_mesh.RunUntil(() => _reader.Hub.TryGetOwner(_publisher.Node.Id, out var session)
            && session.Peer.Incarnation == _publisher.Parts.Local.Incarnation));
        _reader = await _mesh.RestartAsync(_reader);

        foreach (var (bytes, _) in old)
        {
            _mesh.Time.Advance(0.02 * Second);
            _reader.Parts.Core.Discovery!.Receive(bytes, new IPEndPoint(Attacker, 5), _reader.Now);
        }

        Assert.That(_reader.Parts.Core.Discovery!.Find(_publisher.Node.Id), Is.Null);
        Assert.That(_reader.Counters["beacon.stale"], Is.GreaterThan(old.Count / 4));
    }

    private static List<HeardMessage> Record(StillNode node) => [.. node.Transport.Heard];

    // Each message is counted once: as a step of a handshake that nobody can finish, or by what is wrong with it.
    private static long Sum(StillNode node)
    {
        string[] others = ["session.unknownMessage", "session.unexpected", "session.nack", "session.busy"];
        return node.Counters.Where(one => others.Contains(one.Key)
            || one.Key.StartsWith("handshake.", StringComparison.Ordinal)).Sum(one => one.Value);
    }

    private static void ReplayToOthers(StillNode node, List<HeardMessage> record)
    {
        var messages = record.Where(heard => heard.Socket.Kind is SocketKind.Router or SocketKind.Dealer).ToList();
        var router = node.Transport.Open(SocketKind.Router)[0];
        var before = Sum(node);
        foreach (var connection in "AB"u8.ToArray())
        {
            router.Admit([connection]);
            foreach (var heard in messages)
            {
                router.Put([connection], Attacker, heard.Payload);
            }
        }

        node.Turn();
        TestContext.Out.WriteLine($"{node.Node.Name}: {messages.Count} messages twice, {Sum(node) - before} counted");
        Assert.That(Sum(node) - before, Is.EqualTo(2 * messages.Count));
    }

    private static void ReplayFrames(StillNode node, List<HeardMessage> record)
    {
        var frames = record.Where(heard => heard.Socket.Kind == SocketKind.Subscriber).ToList();
        var before = Drops();
        foreach (var frame in frames)
        {
            node.Transport.Open(SocketKind.Subscriber)[0].Put(frame.Address, null, frame.Payload);
        }

        node.Turn();
        TestContext.Out.WriteLine($"{frames.Count} frames, {Drops() - before} counted");
        Assert.That(frames, Is.Not.Empty);
        Assert.That(Drops() - before, Is.EqualTo(frames.Count));

        long Drops() => node.Counters
            .Where(one => one.Key.StartsWith("read.dropped.", StringComparison.Ordinal)).Sum(one => one.Value);
    }

    // Over the connections that the sessions of now have, as whoever is on the way could.
    private static void ReplayIntoSession(StillNode node, List<HeardMessage> record)
    {
        var router = node.Transport.Open(SocketKind.Router)[0];
        var last = node.Transport.Heard.FindLast(heard => heard.Socket == router);
        foreach (var heard in record)
        {
            if (heard.Socket.Kind == SocketKind.Router && last is not null)
            {
                router.Put(last.Address, last.Peer, heard.Payload);
            }

            if (heard.Socket.Kind == SocketKind.Dealer && node.Transport.Open(SocketKind.Dealer) is [.., var dealer])
            {
                dealer.Put([], null, heard.Payload);
            }
        }

        node.Turn();
    }

    private void ReplayBeacons(StillNode node)
    {
        var beacons = _beacons.Take();
        var before = Sum();
        var seen = node.Counters["beacon.seen"];
        foreach (var (bytes, _) in beacons)
        {
            _mesh.Time.Advance(0.02 * Second);
            node.Parts.Core.Discovery!.Receive(bytes, new IPEndPoint(Attacker, 5), node.Now);
        }

        TestContext.Out.WriteLine($"{beacons.Count} beacons, {Sum() - before} counted");
        Assert.That(beacons, Is.Not.Empty);
        Assert.That(Sum() - before, Is.EqualTo(beacons.Count));
        Assert.That(node.Counters["beacon.seen"], Is.EqualTo(seen), "none is taken");

        long Sum() => node.Counters
            .Where(one => one.Key.StartsWith("beacon.", StringComparison.Ordinal)).Sum(one => one.Value);
    }

    private async Task GoToAsync(Moment moment)
    {
        if (moment == Moment.AMinuteLater)
        {
            _mesh.Run(60 * Second, 0.05 * Second);
            return;
        }

        if (moment is Moment.AfterRestartOfThePublisher or Moment.AfterRestartOfBoth)
        {
            _publisher = await _mesh.RestartAsync(_publisher);
            _chart = _publisher.HostChart("chart");
            Dispatch(5);
        }

        if (moment is Moment.AfterRestartOfTheReader or Moment.AfterRestartOfBoth)
        {
            _reader = await _mesh.RestartAsync(_reader);
            _reader.Watch();
        }

        if (moment != Moment.AtOnce)
        {
            var count = moment == Moment.AfterRestartOfTheReader ? Steps + 1 : 6;
            Assert.That(_mesh.RunUntil(() => Seen(_publisher.Parts.Local.Incarnation).Count == count), $"{count}");
        }

        // Beacons are heard again, and what began meanwhile has come to its end.
        _mesh.Run(15 * Second);
    }

    private long Broken() => _publisher.Counters["session.broken"] + _reader.Counters["session.broken"];

    private void Dispatch(int count)
    {
        for (; count > 0; count--)
        {
            _ = _chart.Dispatch(ProducerChart.A);
        }
    }

    private void Join()
    {
        var invites = _publisher.Parts.Trust.Invites;
        using var secret = invites.Create(TimeSpan.FromMinutes(30), Rights.Watch, _publisher.Now);
        _joiner.Hub.Join(
            new JoinRequest
            {
                Inviter = _publisher.Node.Id,
                Endpoints = [_publisher.Address],
                Secret = secret.Span.ToArray(),
            },
            _joiner.Now);
        Assert.That(_mesh.RunUntil(() => _publisher.Parts.Trust.Store.StandingOf(_joiner.Node.Id).State
            == TrustState.Accepted));
    }

    private List<ulong> Seen(ulong incarnation) =>
        [.. _reader.Steps.Where(step => step.Incarnation == incarnation).Select(step => step.Step)];

    private void AssertSeen(ulong incarnation, ulong count) => Assert.That(
        Seen(incarnation), Is.EqualTo(Enumerable.Range(0, (int)count).Select(step => (ulong)step)), "each once");
}
