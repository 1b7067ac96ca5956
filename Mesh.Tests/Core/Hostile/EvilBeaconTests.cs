using System.Net;
using Mesh.Core.Discovery;
using Mesh.Core.Trust;
using Mesh.Tests.Core.Wire;
using NUnit.Framework;

namespace Mesh.Tests.Core.Hostile;

/// <summary>
/// What beacons can make a whole node do to somebody else, as that one counts it: never more than one connection in two
/// seconds, whoever names its address and however.
/// </summary>
public sealed class EvilBeaconTests
{
    private const int MaxPerMinute = 30;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);
    private static readonly IPAddress Victim = IPAddress.Parse("10.0.0.66");

    private readonly List<BeaconForge> _forges = [];
    private StillMesh _mesh = null!;
    private ushort _port;

    [SetUp]
    public void Open() => _mesh = new StillMesh();

    [TearDown]
    public async Task CloseAsync()
    {
        _forges.ForEach(forge => forge.Dispose());
        await _mesh.DisposeAsync();
    }

    [Test]
    public void Turn_DialsNobody_WhateverStrangersSay()
    {
        var node = _mesh.Add("pi", "10.0.0.1");
        var strangers = Forge(50);

        _mesh.OnStep = () => Say(node, strangers[Next() % 50], Victim);
        _mesh.Run(Minute);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(node.Transport.Dials, Is.Empty);
            Assert.That(node.Counters["beacon.seen"], Is.GreaterThan(3_000), "they were heard");
            Assert.That(node.Counters["beacon.rateLimited"], Is.GreaterThan(6_000), "64 a second of one address");
        }
    }

    [Test]
    public void Turn_DialsAVictimOnceInTwoSeconds_WhenStrangersAreLetInAndAllNameIt()
    {
        var node = _mesh.Add("pi", "10.0.0.1", options => options with { Accept = AcceptMode.Always });
        var strangers = Forge(300);

        _mesh.OnStep = () => Say(node, strangers[Next() % 300], Victim);
        _mesh.Run(Minute);

        AssertPaced(node, least: 20);
    }

    [Test]
    public void Turn_DialsAVictimOnceInTwoSeconds_WhenAnAcceptedPeersBeaconsSeemToComeFromThere(
        [Values(1, 8)] int peers)
    {
        var node = _mesh.Add("pi", "10.0.0.1");
        var liars = Forge(peers);
        liars.ForEach(liar => node.Accept(liar.Identity.Id));

        _mesh.OnStep = () => Say(node, liars[Next() % peers], Victim);
        _mesh.Run(Minute);

        AssertPaced(node, least: 15);
    }

    [Test]
    public void Turn_DialsAVictimOnceInTwoSeconds_WhenThePeerThatIsAcceptedHasSignedItsEndpoints()
    {
        var node = _mesh.Add("pi", "10.0.0.1");
        var liar = Forge(1)[0];
        var own = new IPEndPoint(IPAddress.Parse("10.0.0.7"), 1);
        var named = Enumerable.Range(1, 4).Select(port => new IPEndPoint(Victim, port)).ToArray();
        Hear(node, liar.Write(7, named), own);
        var seen = node.Parts.Core.Discovery!.Find(liar.Identity.Id)!;

        node.Accept(liar.Identity.Id, [.. seen.Endpoints, .. seen.SignedEndpoints]);
        _mesh.Run(Minute);

        AssertPaced(node, least: 2);
    }

    [TestCase("0.0.0.0"), TestCase("224.0.0.1"), TestCase("239.255.255.250"), TestCase("255.255.255.255")]
    [TestCase("10.0.0.255"), TestCase("ff02::1"), TestCase("::"), TestCase("240.0.0.1")]
    public void Turn_DialsNoAddressOfManyOrNone_AlthoughABeaconSeemsToComeFromThere(string source)
    {
        var node = _mesh.Add("pi", "10.0.0.1", options => options with { Accept = AcceptMode.Always });
        var liar = Forge(1)[0];
        node.Accept(liar.Identity.Id);
        _mesh.Run(Interval);

        Say(node, liar, IPAddress.Parse(source));
        _mesh.Run(Interval);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(node.Transport.Dials, Is.Empty);
            Assert.That(node.Counters["beacon.malformed"], Is.EqualTo(1));
        }
    }

    [Test]
    public void Turn_ReachesAHonestPeerAtOnce_BesideLiarsWhoNameItsAddress()
    {
        var node = _mesh.Add("pi", "10.0.0.1");
        var honest = _mesh.Add("win", "10.0.0.66");
        var liars = Forge(8);
        liars.ForEach(liar => node.Accept(liar.Identity.Id));
        _mesh.OnStep = () => Say(node, liars[Next() % 8], Victim);
        _mesh.Run(Interval);

        honest.Accept(node.Node.Id, node.Address);
        node.Accept(honest.Node.Id, honest.Address);
        var isReached = _mesh.RunUntil(() => node.Hub.TryGetOwner(honest.Node.Id, out _));

        Assert.That(isReached, Is.True);
    }

    [Test]
    public void Turn_OpensNoSession_WithWhoSendsTheBeaconsOfAnotherNode()
    {
        var (node, owner) = (_mesh.Add("pi", "10.0.0.1"), _mesh.Add("win", "10.0.0.2"));
        var thief = _mesh.Add("thief", "10.0.0.3");
        node.Accept(owner.Node.Id);
        owner.Accept(node.Node.Id);
        thief.Accept(node.Node.Id);
        _mesh.Network.Block(owner.Host, node.Host);
        _mesh.Network.Block(node.Host, owner.Host);
        var buffer = new byte[480];
        _mesh.Run(Interval);
        var length = owner.Parts.Core.Discovery!.Write(buffer, isAnswer: false);

        Hear(node, buffer[..length], new IPEndPoint(thief.Host.Address, 5));
        _mesh.Run(Interval);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(node.Counters["handshake.wrongNode"], Is.EqualTo(1));
            Assert.That(node.Hub.Sessions, Is.Empty);
            Assert.That(thief.Counters["session.opened"], Is.Zero);
            Assert.That(thief.Parts.Trust.Store.Find(node.Node.Id)!.Name, Is.Empty, "it does not learn who dialled");
        }
    }

    [Test]
    public void Turn_ShowsAConflictAndChangesNothing_WhenAStrangerHasTheNameOfAPeer()
    {
        var (node, known) = (_mesh.Add("pi", "10.0.0.1"), _mesh.Add("win", "10.0.0.2"));
        known.Accept(node.Node.Id);
        node.Accept(known.Node.Id);
        Assert.That(_mesh.RunUntil(() => node.Hub.TryGetOwner(known.Node.Id, out _)), Is.True);
        var thief = _mesh.Add("thief", "10.0.0.3", options => options with { Name = "win" });

        thief.Accept(node.Node.Id, node.Address);
        var store = node.Parts.Trust.Store;
        var isHeard = _mesh.RunUntil(() => store.Find(thief.Node.Id)?.Name == "win");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(isHeard, Is.True);
            Assert.That(store.StandingOf(thief.Node.Id).State, Is.EqualTo(TrustState.Pending));
            Assert.That(store.StandingOf(known.Node.Id).State, Is.EqualTo(TrustState.Accepted));
            Assert.That(store.All.Where(store.HasNameConflict).Count(), Is.EqualTo(2));
            Assert.That(node.Hub.Sessions.Single().Peer.Id, Is.EqualTo(known.Node.Id));
        }
    }

    [Test]
    public void Turn_LooksAtAThousandDatagramsASecondAndAtThoseOfPeers_WhenTenThousandComeFromEverywhere()
    {
        const int seconds = 5;
        const int perStep = 50;
        var (node, peer) = (_mesh.Add("pi", "10.0.0.1"), _mesh.Add("win", "10.0.0.2"));
        node.Accept(peer.Node.Id, peer.Address);
        peer.Accept(node.Node.Id);
        _mesh.Run(Interval);
        var random = new Random(5);
        var words = Forge(200).Select(forge => forge.Write(1)).Append(new BeaconForge("other").Write(1))
            .Append(random.NextBlob(100)).ToArray();
        var before = node.Counters;

        _mesh.OnStep = () =>
        {
            for (var count = 0; count < perStep; count++)
            {
                var source = new IPAddress([10, 9, (byte)random.Next(256), (byte)random.Next(256)]);
                Hear(node, words[random.Next(words.Length)], new IPEndPoint(source, 1));
            }
        };
        _mesh.Run(TimeSpan.FromSeconds(seconds));

        long Since(string counter) => node.Counters[counter] - before[counter];
        var all = node.Counters.Where(counter => counter.Key.StartsWith("beacon.", StringComparison.Ordinal))
            .Sum(counter => Since(counter.Key));
        var looked = all - Since("beacon.rateLimited") - Since("beacon.foreign") - Since("beacon.own");
        var heard = node.Parts.Core.Discovery!.Find(peer.Node.Id)!.LastSeen;
        TestContext.Out.WriteLine($"{all} datagrams, {looked} looked at, peer heard {node.Now - heard} ago");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(all, Is.GreaterThanOrEqualTo(seconds * 200 * perStep), "each is counted");
            Assert.That(
                looked, Is.LessThanOrEqualTo((seconds + 1) * (SourceBudget.MaxInAll + SourceBudget.MaxPerSource)));
            Assert.That(node.Now - heard, Is.LessThan(Interval), "the peer's own beacons are taken");
            Assert.That(node.Hub.Sessions, Has.Count.EqualTo(1));
            Assert.That(node.Transport.Dials, Has.Count.LessThanOrEqualTo(2));
        }
    }

    private static void Hear(StillNode node, byte[] datagram, IPEndPoint source) =>
        node.Parts.Core.Discovery!.Receive(datagram, source, node.Now);

    private List<BeaconForge> Forge(int count)
    {
        var forges = Enumerable.Range(0, count).Select(_ => new BeaconForge()).ToList();
        _forges.AddRange(forges);
        return forges;
    }

    private int Next() => ++_port;

    // Another port each time, so that it looks like news.
    private void Say(StillNode node, BeaconForge forge, IPAddress source) =>
        Hear(node, forge.Write((ushort)(1 + _port)), new IPEndPoint(source, 4_000));

    private static void AssertPaced(StillNode node, int least)
    {
        var dials = node.Transport.Dials.Where(dial => dial.Remote.Address.Equals(Victim)).Select(dial => dial.At)
            .ToList();
        TestContext.Out.WriteLine($"{dials.Count} connections in a minute");
        var gaps = dials.Zip(dials.Skip(1), (earlier, later) => later - earlier);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(dials, Has.Count.InRange(least, MaxPerMinute));
            Assert.That(gaps, Has.All.GreaterThanOrEqualTo(Interval));
            Assert.That(node.Counters["session.dialled"], Is.GreaterThanOrEqualTo(dials.Count));
        }
    }
}
