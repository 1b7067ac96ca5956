using System.Net;
using Mesh.Core.Identity;
using Mesh.Core.Sessions;
using NUnit.Framework;

namespace Mesh.Tests.Core.Sessions;

public sealed class DialerTests
{
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(50);
    private static readonly NodeId Peer = Id(1);

    private readonly SessionOptions _options = new();
    private readonly Dialer _dialer;

    public DialerTests() => _dialer = new Dialer(_options, new Random(7));

    [Test]
    public void TryNext_DialsAtMostFourCandidatesAtOnce_TheNewestFirst()
    {
        var target = _dialer.AddPeer(Peer);
        for (byte host = 1; host <= 10; host++)
        {
            target.AddCandidate(new IPEndPoint(new IPAddress([10, 0, 0, host]), host));
        }

        Assert.That(_dialer.TryNext(Start, out var request), Is.True);
        Assert.That(request!.Endpoints.Select(endpoint => endpoint.Port), Is.EqualTo([10, 9, 8, 7]));
        Assert.That(_dialer.TryNext(Start, out _), Is.False, "one try at a time");
    }

    [Test]
    public void TryNext_DialsAnAddressOnceInTwoSeconds_WhicheverPortsAndPeersNameIt()
    {
        var tries = TriesOfLiars(proven: false);

        var gaps = tries.Zip(tries.Skip(1), (earlier, later) => later - earlier);
        Assert.That(gaps, Has.All.GreaterThanOrEqualTo(TimeSpan.FromSeconds(2)));
        Assert.That(tries, Has.Count.InRange(25, 30));
    }

    [Test]
    public void TryNext_DialsAnAddressOnceInTwoSecondsForEachPeer_WhereANodeHasProvedItself()
    {
        var tries = TriesOfLiars(proven: true);

        Assert.That(tries, Has.Count.InRange(4 * 25, 4 * 30));
    }

    [Test]
    public void Prove_LetsPeersGo_ThatWaitForOthersOfTheirAddress()
    {
        for (byte peer = 1; peer <= 20; peer++)
        {
            _dialer.AddPeer(Id(peer)).AddCandidate(At(peer));
        }

        var before = Run(Start, TimeSpan.FromSeconds(1.9)).Count;
        _dialer.Prove(IPAddress.Parse("::ffff:127.0.0.1"), Start + TimeSpan.FromSeconds(1.9));
        var after = 0;
        while (_dialer.TryNext(Start + TimeSpan.FromSeconds(1.9), out _))
        {
            after++;
        }

        Assert.That((before, after), Is.EqualTo((1, 19)));
    }

    [Test]
    public void TryNext_LetsPeersOfOneAddressTakeTurns()
    {
        for (byte peer = 1; peer <= 10; peer++)
        {
            _dialer.AddPeer(Id(peer)).AddCandidate(At(peer));
        }

        var tried = new HashSet<NodeId?>();
        for (var now = Start; now < Start + TimeSpan.FromSeconds(19); now += TimeSpan.FromMilliseconds(100))
        {
            while (_dialer.TryNext(now, out var request))
            {
                tried.Add(request.Target.Expected);
                _dialer.Failed(request.Target, "no answer", now);
            }
        }

        Assert.That(tried, Has.Count.EqualTo(10));
    }

    [Test]
    public void TryNext_NeverDialsAnAddressTwiceWithinTwoSeconds([Values(1, 2, 3)] int seed)
    {
        var dialer = new Dialer(_options, new Random(seed));
        dialer.AddPeer(Peer);
        dialer.AddStatic(At(1));
        var tries = new List<TimeSpan>();

        for (var now = Start; now < Start + TimeSpan.FromMinutes(2); now += TimeSpan.FromMilliseconds(50))
        {
            // A peer that shouts, and a person that nudges, all the time.
            dialer.Evidence(Peer, At(1), (ulong)now.Ticks, now);
            dialer.Nudge(Peer, now);
            while (dialer.TryNext(now, out var request))
            {
                tries.AddRange(request.Endpoints.Select(_ => now));
                dialer.Failed(request.Target, "no answer", now);
            }
        }

        var gaps = tries.Zip(tries.Skip(1), (earlier, later) => later - earlier).ToList();
        Assert.That(gaps, Has.All.GreaterThanOrEqualTo(TimeSpan.FromSeconds(2)));
        Assert.That(tries, Has.Count.GreaterThan(55));
    }

    [Test]
    public void TryNext_SpreadsTheTriesOut_WhenAPeerDoesNotAnswer()
    {
        _dialer.AddPeer(Peer).AddCandidate(At(1));
        var tries = Run(Start, TimeSpan.FromMinutes(30));

        // Full jitter below 30 s: 15 s on average once the back-off has grown.
        Assert.That(tries, Has.Count.InRange(80, 200));
    }

    [Test]
    public void Evidence_EarnsOneTryAtOnce_WhenItIsFresh()
    {
        _dialer.AddPeer(Peer);
        _dialer.Evidence(Peer, At(1), 5, Start);
        Run(Start, TimeSpan.FromMinutes(5));
        var now = Start + TimeSpan.FromMinutes(5);
        while (_dialer.NextDeadline() < now + TimeSpan.FromSeconds(4))
        {
            now += TimeSpan.FromSeconds(5);
            Run(now, TimeSpan.FromSeconds(1));
        }

        now += TimeSpan.FromSeconds(2);
        _dialer.Evidence(Peer, At(1), 5, now);
        Assert.That(_dialer.TryNext(now, out var first), Is.True, "the first for a while");
        _dialer.Failed(first!.Target, "no answer", now);
        var due = first.Target.DueAt;

        _dialer.Evidence(Peer, At(1), 5, now + TimeSpan.FromSeconds(1));
        Assert.That(first.Target.DueAt, Is.EqualTo(due), "nothing new");

        _dialer.Evidence(Peer, At(1), 6, now + TimeSpan.FromSeconds(2));
        Assert.That(_dialer.TryNext(now + TimeSpan.FromSeconds(2), out _), Is.True, "a new incarnation");
    }

    [Test]
    public void Connected_StopsTheTries_UntilDisconnected()
    {
        _dialer.AddPeer(Peer).AddCandidate(At(1));
        _dialer.Connected(Peer, 5);
        Assert.That(_dialer.TryNext(Start, out _), Is.False);

        _dialer.Disconnected(Peer, SessionEnd.Lost, Start);

        Assert.That(_dialer.NextDeadline(), Is.LessThanOrEqualTo(Start + _options.BackOffFirst));
    }

    [Test]
    public void Disconnected_WaitsLonger_WhenThePeerSaidGoodbye()
    {
        _dialer.AddPeer(Peer).AddCandidate(At(1));
        _dialer.Connected(Peer, 5);

        _dialer.Disconnected(Peer, SessionEnd.Left, Start);

        Assert.That(_dialer.NextDeadline(), Is.EqualTo(Start + TimeSpan.FromSeconds(5)));
    }

    [TestCase(0, 2)]
    [TestCase(5, 5)]
    [TestCase(4_000_000, 60)]
    public void Refused_AsksAgainWhenToldTo_WithinBounds(int saidSeconds, int expectedSeconds)
    {
        _dialer.AddPeer(Peer).AddCandidate(At(1));
        _dialer.TryNext(Start, out var request);

        _dialer.Refused(request!.Target, "pending", TimeSpan.FromSeconds(saidSeconds), Start);

        Assert.That(_dialer.NextDeadline(), Is.EqualTo(Start + TimeSpan.FromSeconds(expectedSeconds)));
    }

    [Test]
    public void Nudge_MakesAPeerDueAtOnce_AfterARefusal()
    {
        _dialer.AddPeer(Peer).AddCandidate(At(1));
        _dialer.TryNext(Start, out var request);
        _dialer.Refused(request!.Target, "rejected", TimeSpan.FromSeconds(60), Start);
        var now = Start + TimeSpan.FromSeconds(3);

        _dialer.Nudge(Peer, now);

        Assert.That(_dialer.TryNext(now, out _), Is.True);
    }

    [Test]
    public void Evidence_EarnsOneTry_WhenAConnectedPeerWasStartedAgain()
    {
        _dialer.AddPeer(Peer).AddCandidate(At(1));
        _dialer.Connected(Peer, 5);

        _dialer.Evidence(Peer, At(1), 5, Start);
        Assert.That(_dialer.TryNext(Start, out _), Is.False, "the incarnation that the session is with");

        _dialer.Evidence(Peer, At(1), 6, Start);
        Assert.That(_dialer.TryNext(Start, out var request), Is.True);
        _dialer.Failed(request!.Target, "no answer", Start);

        Assert.That(_dialer.NextDeadline(), Is.EqualTo(TimeSpan.MaxValue), "one try, while the old session stands");
    }

    [Test]
    public void AddStatic_IsDialledUntilItsNodeIsConnected()
    {
        _dialer.AddStatic(At(1));
        Assert.That(_dialer.TryNext(Start, out var request), Is.True);
        Assert.That(request!.Target.Expected, Is.Null);
        _dialer.Learn(At(1), Peer);
        _dialer.Connected(Peer, 5);
        _dialer.Succeeded(request.Target);

        Assert.That(_dialer.TryNext(Start + TimeSpan.FromMinutes(1), out _), Is.False);
        _dialer.Disconnected(Peer, SessionEnd.Lost, Start + TimeSpan.FromMinutes(1));
        Assert.That(_dialer.TryNext(Start + TimeSpan.FromMinutes(2), out _), Is.True);
    }

    [Test]
    public void AddPeer_TakesTheStaticEndpointOver_WhenItsNodeIsAccepted()
    {
        _dialer.AddStatic(At(1));
        _dialer.Learn(At(1), Peer);

        _dialer.AddPeer(Peer);

        Assert.That(_dialer.TryNext(Start, out var request), Is.True);
        Assert.That(request!.Target.Expected, Is.EqualTo(Peer));
        Assert.That(_dialer.TryNext(Start + TimeSpan.FromSeconds(10), out _), Is.False);
    }

    [Test]
    public void RemovePeer_StopsTheTries()
    {
        _dialer.AddPeer(Peer).AddCandidate(At(1));

        _dialer.RemovePeer(Peer);

        Assert.That(_dialer.TryNext(Start, out _), Is.False);
        Assert.That(_dialer.NextDeadline(), Is.EqualTo(TimeSpan.MaxValue));
    }

    private static NodeId Id(byte value)
    {
        var bytes = new byte[NodeId.SizeBytes];
        bytes.AsSpan().Fill(value);
        return new NodeId(bytes);
    }

    private static IPEndPoint At(int port) => new(IPAddress.Loopback, port);

    // Four peers who name another port of one address twenty times a second, each time as if they were started anew.
    private List<TimeSpan> TriesOfLiars(bool proven)
    {
        var tries = new List<TimeSpan>();
        for (byte peer = 1; peer <= 4; peer++)
        {
            _dialer.AddPeer(Id(peer));
        }

        if (proven)
        {
            _dialer.Prove(IPAddress.Loopback, Start);
        }

        for (var now = Start; now < Start + TimeSpan.FromMinutes(1); now += TimeSpan.FromMilliseconds(50))
        {
            var word = (int)(now - Start).TotalMilliseconds;
            for (byte peer = 1; peer <= 4; peer++)
            {
                _dialer.Evidence(Id(peer), At(1 + ((word + peer) % 50_000)), (ulong)now.Ticks, now);
            }

            while (_dialer.TryNext(now, out var request))
            {
                tries.AddRange(request.Endpoints.Select(_ => now));
                _dialer.Failed(request.Target, "no answer", now);
            }
        }

        return tries;
    }

    private List<TimeSpan> Run(TimeSpan from, TimeSpan length)
    {
        var tries = new List<TimeSpan>();
        for (var now = from; now < from + length; now += TimeSpan.FromMilliseconds(100))
        {
            while (_dialer.TryNext(now, out var request))
            {
                tries.Add(now);
                _dialer.Failed(request.Target, "no answer", now);
            }
        }

        return tries;
    }
}
