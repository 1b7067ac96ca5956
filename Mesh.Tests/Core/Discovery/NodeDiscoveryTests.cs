using System.Net;
using Mesh.Core.Discovery;
using Mesh.Core.Identity;
using Mesh.Core.Sealing;
using NUnit.Framework;

namespace Mesh.Tests.Core.Discovery;

public sealed class NodeDiscoveryTests : IDisposable
{
    private static readonly IPEndPoint Source = new(IPAddress.Parse("10.0.0.7"), 40_001);
    private static readonly BeaconContent Own = new()
    {
        Incarnation = 5,
        Sequence = 0,
        SessionPort = 21750,
        FramePort = 21751,
        PrivatePort = 40_001,
    };

    private readonly IPrimitives _primitives = PrimitivesProvider.Load();
    private readonly List<IDisposable> _opened = [];
    private readonly byte[] _buffer = new byte[480];

    [Test]
    public void Receive_SeesANode_AtTheAddressItsBeaconCameFrom()
    {
        var (sender, hearer) = (Node("lab"), Node("lab"));
        SeenNode? fresh = null;
        hearer.Fresh += node => fresh = node;
        sender.Announce(Own, TimeSpan.Zero);

        var result = hearer.Receive(Beacon(sender), Source, TimeSpan.Zero);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result, Is.EqualTo(BeaconResult.Seen));
            Assert.That(fresh!.Endpoints.Single().ToString(), Is.EqualTo("10.0.0.7:21750"));
            Assert.That((fresh.Incarnation, fresh.FramePort), Is.EqualTo((5ul, (ushort)21751)));
        }
    }

    [Test]
    public void Receive_KeepsBothAddresses_OfANodeWithTwoInterfaces()
    {
        var (sender, hearer) = (Node("lab"), Node("lab"));
        sender.Announce(Own, TimeSpan.Zero);

        hearer.Receive(Beacon(sender), Source, TimeSpan.Zero);
        hearer.Receive(Beacon(sender), new IPEndPoint(IPAddress.Parse("10.1.0.7"), 40_001), TimeSpan.Zero);

        Assert.That(
            hearer.Seen.Single().Endpoints.Select(endpoint => endpoint.ToString()),
            Is.EqualTo(new[] { "10.1.0.7:21750", "10.0.0.7:21750" }));
    }

    [Test]
    public void Receive_RefusesABeacon_ThatNamesNoSessionPort()
    {
        var (sender, hearer) = (Node("lab"), Node("lab"));
        sender.Announce(Own with { SessionPort = 0 }, TimeSpan.Zero);

        var result = hearer.Receive(Beacon(sender), Source, TimeSpan.Zero);

        Assert.That((result, hearer.Seen.Count), Is.EqualTo((BeaconResult.Malformed, 0)));
    }

    [Test]
    public void Receive_RefusesABeaconHeardBefore_AndItsOwn()
    {
        var (sender, hearer) = (Node("lab"), Node("lab"));
        sender.Announce(Own, TimeSpan.Zero);
        var beacon = Beacon(sender);

        var results = new[]
        {
            hearer.Receive(beacon, Source, TimeSpan.Zero),
            hearer.Receive(beacon, new IPEndPoint(IPAddress.Loopback, 1), TimeSpan.Zero),
            sender.Receive(beacon, Source, TimeSpan.Zero),
        };

        Assert.That(results, Is.EqualTo(new[] { BeaconResult.Seen, BeaconResult.Stale, BeaconResult.Own }));
    }

    [Test]
    public void Receive_CannotOpen_WhatAnotherMeshSends()
    {
        var (sender, hearer) = (Node("lab"), Node("factory"));
        sender.Announce(Own, TimeSpan.Zero);

        Assert.That(hearer.Receive(Beacon(sender), Source, TimeSpan.Zero), Is.EqualTo(BeaconResult.Sealed));
    }

    [Test]
    public void Receive_RefusesEverySingleBitChange()
    {
        var sender = Node("lab");
        sender.Announce(Own, TimeSpan.Zero);
        var beacon = Beacon(sender);
        var accepted = new List<int>();

        for (var bit = 0; bit < beacon.Length * 8; bit++)
        {
            var hearer = Node("lab");
            byte[] changed = [.. beacon];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            if (hearer.Receive(changed, Source, TimeSpan.Zero) == BeaconResult.Seen)
            {
                accepted.Add(bit);
            }
        }

        Assert.That(accepted, Is.Empty);
    }

    [Test]
    public void Receive_RefusesABeaconSignedByAnother_EvenUnderTheBeaconKey()
    {
        var (victim, attacker, hearer) = (Identity(), Identity(), Node("lab"));
        var key = Opened(MeshKey.FromName(_primitives, "lab"));
        var length = new BeaconSeal(victim, key, _primitives).Write(_buffer, Own with { Sequence = 1 });
        Span<byte> body = stackalloc byte[480];
        var cipher = new RandomNonceCipher(_primitives, key.Beacon);
        var isOpen = cipher.TryOpen(_buffer.AsSpan(0, 6), _buffer.AsSpan(6, length - 6), body, out var written);
        Assert.That(isOpen, Is.True);

        // The last 64 bytes are the signature; the attacker can only make one of its own.
        attacker.Signing.Sign(body[..(written - 66)], body[(written - 64)..written]);
        cipher.Seal(_buffer.AsSpan(0, 6), body[..written], _buffer.AsSpan(6, length - 6));

        Assert.That(
            hearer.Receive(_buffer.AsSpan(0, length), Source, TimeSpan.Zero), Is.EqualTo(BeaconResult.Forged));
    }

    [Test]
    public void Receive_LooksAtSoManyDatagramsASecond_FromOneAddress()
    {
        var (sender, hearer) = (Node("lab"), Node("lab"));
        sender.Announce(Own, TimeSpan.Zero);
        for (var count = 0; count < SourceBudget.MaxPerSource; count++)
        {
            hearer.Receive(Beacon(sender), Source, TimeSpan.Zero);
        }

        var flooded = hearer.Receive(Beacon(sender), Source, TimeSpan.Zero);
        var other = hearer.Receive(Beacon(sender), new IPEndPoint(IPAddress.Parse("10.0.0.8"), 1), TimeSpan.Zero);
        var later = hearer.Receive(Beacon(sender), Source, TimeSpan.FromSeconds(1));

        Assert.That((flooded, other, later), Is.EqualTo(
            (BeaconResult.RateLimited, BeaconResult.Seen, BeaconResult.Seen)));
    }

    [Test]
    public void TryTakeAnswer_GivesTheSeekersPrivatePort_OnTheAddressItAskedFrom()
    {
        var (seeker, hearer) = (Node("lab"), Node("lab"));
        seeker.Announce(Own, TimeSpan.Zero);
        hearer.Announce(Own, TimeSpan.Zero);
        Assert.That(seeker.IsDue(TimeSpan.Zero), Is.True);

        hearer.Receive(Beacon(seeker), Source, TimeSpan.Zero);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(hearer.TryTakeAnswer(out var answer), Is.True);
            Assert.That(answer!.ToString(), Is.EqualTo("10.0.0.7:40001"));
            Assert.That(hearer.TryTakeAnswer(out _), Is.False);
        }
    }

    [Test]
    public void IsDue_SendsThreeQuickBeacons_ThenOneASecond()
    {
        var node = Node("lab");
        node.Announce(Own, TimeSpan.Zero);
        var sent = new List<double>();

        for (var now = TimeSpan.Zero; now < TimeSpan.FromSeconds(4); now += TimeSpan.FromMilliseconds(10))
        {
            if (node.IsDue(now))
            {
                sent.Add(now.TotalSeconds);
            }
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(sent.Count(at => at < 0.6), Is.EqualTo(3));
            Assert.That(sent.Zip(sent.Skip(1), (first, second) => second - first).Skip(3), Is.All.InRange(0.89, 1.12));
        }
    }

    [Test]
    public void Seen_ForgetsANode_ThatHasBeenSilent()
    {
        var (sender, hearer) = (Node("lab"), Node("lab"));
        sender.Announce(Own, TimeSpan.Zero);
        hearer.Receive(Beacon(sender), Source, TimeSpan.Zero);

        hearer.IsDue(TimeSpan.FromSeconds(14));
        var before = hearer.Seen.Count;
        hearer.IsDue(TimeSpan.FromSeconds(25));

        Assert.That((before, hearer.Seen.Count), Is.EqualTo((1, 0)));
    }

    [Test]
    public void Receive_HasRoomForAcceptedNodes_WhenStrangersHaveUsedUpTheirs()
    {
        var key = Opened(MeshKey.FromName(_primitives, "lab"));
        var accepted = Identity();
        var hearer = Hearer(key, accepted);
        var now = TimeSpan.Zero;
        for (var count = 0; count < SeenTable.MaxKeptPerSource; count++)
        {
            now += TimeSpan.FromMilliseconds(20);
            hearer.Receive(Beacon(Identity(), key), Source, now);
        }

        now += TimeSpan.FromSeconds(1);
        var results = (
            hearer.Receive(Beacon(Identity(), key), Source, now), hearer.Receive(Beacon(accepted, key), Source, now));

        Assert.That(hearer.Seen, Has.Count.EqualTo(SeenTable.MaxKeptPerSource + 1));
        Assert.That(results, Is.EqualTo((BeaconResult.Full, BeaconResult.Seen)));
    }

    [Test]
    public void Receive_LooksAtWhatAcceptedPeersSend_WhenStrangersFlood()
    {
        var key = Opened(MeshKey.FromName(_primitives, "lab"));
        var accepted = Identity();
        var hearer = Hearer(key, accepted);
        var noise = Beacon(Identity(), Opened(MeshKey.FromName(_primitives, "factory")));
        for (var count = 0; count < SourceBudget.MaxInAll; count++)
        {
            var address = new IPAddress([10, 9, (byte)(count / 250), (byte)(count % 250)]);
            hearer.Receive(noise, new IPEndPoint(address, 1), TimeSpan.Zero);
        }

        var stranger = hearer.Receive(
            Beacon(Identity(), key), new IPEndPoint(IPAddress.Parse("10.8.0.1"), 1), TimeSpan.Zero);
        var friend = hearer.Receive(Beacon(accepted, key), Source, TimeSpan.Zero);

        Assert.That((stranger, friend), Is.EqualTo((BeaconResult.RateLimited, BeaconResult.Seen)));
    }

    [TestCase("10.0.0.9", "10.0.0.7", true)]
    [TestCase("fe80::9", "10.0.0.7", true)]
    [TestCase("127.0.0.1", "10.0.0.7", false)]
    [TestCase("127.8.9.10", "10.0.0.7", false)]
    [TestCase("::1", "10.0.0.7", false)]
    [TestCase("::ffff:127.0.0.1", "10.0.0.7", false)]
    [TestCase("::ffff:127.8.9.10", "fe80::7", false)]
    [TestCase("127.0.0.1", "127.0.0.1", true)]
    [TestCase("::1", "127.0.0.1", true)]
    [TestCase("::ffff:127.0.0.1", "::1", true)]
    [TestCase("0.0.0.0", "127.0.0.1", false)]
    [TestCase("0.1.2.3", "10.0.0.7", false)]
    [TestCase("::", "127.0.0.1", false)]
    [TestCase("::ffff:0.0.0.0", "10.0.0.7", false)]
    [TestCase("224.0.0.1", "10.0.0.7", false)]
    [TestCase("239.255.255.250", "127.0.0.1", false)]
    [TestCase("ff02::1", "10.0.0.7", false)]
    [TestCase("255.255.255.255", "10.0.0.7", false)]
    [TestCase("240.0.0.1", "10.0.0.7", false)]
    [TestCase("10.0.0.255", "10.0.0.7", false)]
    [TestCase("::ffff:10.0.0.255", "10.0.0.7", false)]
    public void Receive_KeepsSignedEndpoints_ThatLeadToTheNodeThatSignedThem(
        string address, string source, bool isKept)
    {
        var key = Opened(MeshKey.FromName(_primitives, "lab"));
        var hearer = Hearer(key, Identity());
        hearer.Broadcasts = [IPAddress.Parse("10.0.0.255")];
        var endpoint = new IPEndPoint(IPAddress.Parse(address), 21_750);
        var good = new IPEndPoint(IPAddress.Parse("10.0.0.7"), 21_750);

        hearer.Receive(
            Beacon(Identity(), key, Own with { Sequence = 1, Endpoints = [endpoint, good] }),
            new IPEndPoint(IPAddress.Parse(source), 40_001),
            TimeSpan.Zero);

        Assert.That(
            hearer.Seen.Single().SignedEndpoints, Is.EqualTo(isKept ? new[] { endpoint, good } : [good]));
    }

    [TestCase(0, 1.0), TestCase(50, 1.0), TestCase(1_000, 20.0), TestCase(16_384, 60.0)]
    public void Interval_GrowsWithTheSegment(int nodes, double seconds) =>
        Assert.That(BeaconSchedule.Interval(nodes).TotalSeconds, Is.EqualTo(seconds));

    public void Dispose()
    {
        foreach (var opened in _opened)
        {
            opened.Dispose();
        }
    }

    private byte[] Beacon(NodeDiscovery node) => _buffer[..node.Write(_buffer, isAnswer: false)];

    private byte[] Beacon(NodeIdentity sender, MeshKey key, BeaconContent? content = null) =>
        _buffer[..new BeaconSeal(sender, key, _primitives).Write(_buffer, content ?? Own with { Sequence = 1 })];

    // Knows one accepted node, at the usual source.
    private NodeDiscovery Hearer(MeshKey key, NodeIdentity accepted) =>
        new(Identity(), key, _primitives, new Random(1))
        {
            IsAccepted = id => id == accepted.Id,
            IsFriend = address => address.Equals(Source.Address),
        };

    private NodeDiscovery Node(string mesh) =>
        new(Identity(), Opened(MeshKey.FromName(_primitives, mesh)), _primitives, new Random(1));

    private NodeIdentity Identity() => Opened(NodeIdentity.Create(_primitives));

    private T Opened<T>(T opened)
        where T : IDisposable
    {
        _opened.Add(opened);
        return opened;
    }
}
