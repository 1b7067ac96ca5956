using System.Net;
using Mesh.Core.Identity;
using Mesh.Core.Sealing;
using Mesh.Core.Sessions;
using Mesh.Core.Transport;
using Mesh.Core.Wire.Messages;
using Mesh.Tests.Fuzzing.Targets;
using NUnit.Framework;

namespace Mesh.Tests.Core.Hostile;

/// <summary>
/// Every message with every one of its bits changed: a whole node refuses each, and its status counts each once.
/// </summary>
public sealed class BitTests
{
    private static readonly TimeSpan Gap = TimeSpan.FromMilliseconds(25);
    private static readonly string[] Handshakes =
    [
        "handshake.malformed", "handshake.version", "handshake.unknownInvite", "handshake.notOpened",
        "handshake.wrongNode", "handshake.badSignature", "handshake.self", "session.unknownMessage",
        "session.unexpected", "session.nack", "session.broken",
    ];

    private StillMesh _mesh = null!;
    private StillNode _node = null!;
    private int _source;

    [SetUp]
    public void Open()
    {
        _mesh = new StillMesh();
        _node = _mesh.Add("pi", "10.0.0.1", options => options with { Beacons = IsOfBeacons });
    }

    [TearDown]
    public ValueTask CloseAsync() => _mesh.DisposeAsync();

    private static bool IsOfBeacons =>
        TestContext.CurrentContext.Test.MethodName?.Contains("Beacon", StringComparison.Ordinal) ?? false;

    [Test]
    public void Receive_RefusesAndCountsEveryBit_OfABeacon()
    {
        using var forge = new BeaconForge();
        var beacon = forge.Write(21_750, new IPEndPoint(IPAddress.Parse("10.0.0.7"), 21_750));

        var counted = Walk(beacon, "beacon.", changed =>
        {
            _mesh.Time.Advance(Gap);
            _node.Parts.Core.Discovery!.Receive(changed, new IPEndPoint(IPAddress.Parse("10.0.0.7"), 5), _node.Now);
        });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(counted, Is.EqualTo(beacon.Length * 8));
            Assert.That(_node.Counters["beacon.seen"] + _node.Counters["beacon.rateLimited"], Is.Zero);
            Assert.That(_node.Parts.Core.Discovery!.Seen, Is.Empty);
        }
    }

    [Test]
    public void Receive_RefusesAndCountsEveryBit_OfTheFirstMessage()
    {
        using var rogue = Friend();
        var init = rogue.WriteInit();

        var counted = Walk(init, Handshakes, changed =>
        {
            rogue.Connect();
            rogue.Send(changed);
        });

        AssertRefused(counted, init);
    }

    [Test]
    public void Receive_RefusesAndCountsEveryBit_OfTheThirdMessage()
    {
        using var rogue = Friend();
        var fin = Fresh(rogue);

        var counted = WalkFresh(fin.Length, () => Fresh(rogue), rogue.Send);

        AssertRefused(counted, fin);
    }

    [Test]
    public void Receive_RefusesAndCountsEveryBit_OfTheWelcome()
    {
        using var rogue = Friend();
        var welcome = Opening(rogue);

        var counted = WalkFresh(welcome.Length, () => Opening(rogue), rogue.Send);

        AssertRefused(counted, welcome);
    }

    [Test]
    public void Receive_RefusesAndCountsEveryBit_OfASessionMessage()
    {
        using var rogue = Friend();
        byte[] Ping()
        {
            // A session that still stands is not another that was dialled at the same time.
            _mesh.Time.Advance(TimeSpan.FromSeconds(3));
            rogue.Send(Opening(rogue));
            return rogue.Seal(FuzzPublisher.Encode(new PingMessage(1, 2, []).Write));
        }

        var ping = Ping();
        var before = _node.Counters["session.opened"];

        var counted = WalkFresh(ping.Length, Ping, rogue.Send);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(counted, Is.EqualTo(ping.Length * 8));
            Assert.That(_node.Counters["session.opened"] - before, Is.EqualTo(ping.Length * 8), "each its session");
            Assert.That(_node.Counters["session.busy"], Is.Zero);
        }
    }

    [Test]
    public void Receive_RefusesAndCountsEveryBit_OfTheAnswerToTheFirstMessage()
    {
        var primitives = PrimitivesProvider.Load();
        using var identity = NodeIdentity.Create(primitives);
        using var key = MeshKey.FromName(primitives, MeshKey.DefaultName);
        var local = HandshakeLab.MakeLocal(identity, key, "rogue");
        _node.Accept(identity.Id, new IPEndPoint(IPAddress.Parse("10.0.0.77"), 21_750));

        byte[] Answer()
        {
            using var rogue = new RoguePeer(local, HandshakeRole.Responder, key.PresharedKey.ToArray(), 1);
            var init = Array.Empty<byte>();
            while (!Dialled().Any(socket => socket.Said.TryDequeue(out init!)))
            {
                _mesh.Time.Advance(TimeSpan.FromSeconds(4));
                _node.Turn();
            }

            rogue.ReadInit(init);
            return rogue.WriteHello(null, isSigned: false);
        }

        var answer = Answer();

        var counted = WalkFresh(answer.Length, Answer, changed =>
        {
            Dialled()[^1].Put([], null, changed);
            _node.Turn();
        });

        AssertRefused(counted, answer);
    }

    [Test]
    public void Receive_RefusesAndCountsEveryBit_OfAFrame()
    {
        var reader = _mesh.Add("win", "10.0.0.2", options => options with { Beacons = false });
        var chart = _node.HostChart("chart");
        _node.Accept(reader.Node.Id);
        reader.Accept(_node.Node.Id, _node.Address);
        reader.Watch();
        Assert.That(_mesh.RunUntil(() => reader.Steps.Count == 1), Is.True);
        byte[]? frame = null;
        reader.Transport.Change = (socket, payload) =>
        {
            frame = socket.Kind == SocketKind.Subscriber ? payload : frame;
            return socket.Kind == SocketKind.Subscriber ? null : payload;
        };
        _ = chart.Dispatch(Mesh.Tests.Support.ProducerChart.A);
        Assert.That(_mesh.RunUntil(() => frame is not null), Is.True);
        var topic = reader.Transport.Heard.Last(heard => heard.Socket.Kind == SocketKind.Subscriber).Address;
        var before = SumOf(reader, "read.dropped.");

        for (var bit = 0; bit < frame!.Length * 8; bit++)
        {
            reader.Transport.Open(SocketKind.Subscriber)[0].Put(topic, null, Flip(frame, bit));
            reader.Turn();
        }

        _mesh.Run(TimeSpan.FromSeconds(3));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(SumOf(reader, "read.dropped.") - before, Is.EqualTo(frame.Length * 8));
            Assert.That(reader.Steps.Select(step => step.Step), Is.EqualTo(new[] { 0UL, 1UL }), "by the session");
            Assert.That(reader.Missing, Is.Zero);
        }
    }

    private IReadOnlyList<TappedSocket> Dialled() => _node.Transport.Open(SocketKind.Dealer);

    private static byte[] Flip(byte[] message, int bit)
    {
        byte[] changed = [.. message];
        changed[bit / 8] ^= (byte)(1 << (bit % 8));
        return changed;
    }

    private static long SumOf(StillNode node, string prefix) =>
        node.Counters.Where(one => one.Key.StartsWith(prefix, StringComparison.Ordinal)).Sum(one => one.Value);

    private Rogue Friend()
    {
        var rogue = Rogue.Stranger(_node);
        _node.Accept(rogue.Id);
        return rogue;
    }

    // The limits of handshakes are for another test: time passes, and each comes from elsewhere.
    private void Step(Rogue rogue)
    {
        _source++;
        rogue.Source = new IPAddress([10, 8, (byte)(_source / 250), (byte)(_source % 250)]);
        _mesh.Time.Advance(Gap);
    }

    private byte[] Fresh(Rogue rogue)
    {
        Step(rogue);
        return rogue.WriteFin() ?? throw new InvalidOperationException("the node does not answer");
    }

    private byte[] Opening(Rogue rogue)
    {
        rogue.Send(Fresh(rogue));
        return rogue.Seal(Rogue.WriteWelcome());
    }

    private long Walk(byte[] message, string prefix, Action<byte[]> hear)
    {
        var before = SumOf(_node, prefix);
        for (var bit = 0; bit < message.Length * 8; bit++)
        {
            hear(Flip(message, bit));
        }

        return SumOf(_node, prefix) - before;
    }

    private long Walk(byte[] message, string[] counters, Action<byte[]> hear) =>
        WalkFresh(message.Length, () => message, hear, counters);

    // Each bit in a message of a handshake of its own.
    private long WalkFresh(int length, Func<byte[]> make, Action<byte[]> hear, string[]? counters = null)
    {
        long Sum()
        {
            var now = _node.Counters;
            return (counters ?? Handshakes).Sum(name => now[name]);
        }

        var counted = 0L;
        for (var bit = 0; bit < length * 8; bit++)
        {
            var message = make();
            var before = Sum();
            hear(Flip(message, bit));
            var rise = Sum() - before;
            Assert.That(rise, Is.EqualTo(1), $"bit {bit}");
            counted += rise;
        }

        TestContext.Out.WriteLine($"{length} bytes, {counted} counted");
        return counted;
    }

    private void AssertRefused(long counted, byte[] message)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(counted, Is.EqualTo(message.Length * 8));
            Assert.That(_node.Counters["session.opened"], Is.Zero);
            Assert.That(_node.Counters["session.busy"], Is.Zero, "none was refused for want of room");
        }
    }
}
