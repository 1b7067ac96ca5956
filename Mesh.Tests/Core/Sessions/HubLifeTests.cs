using Mesh.Core.Sessions;
using NUnit.Framework;

namespace Mesh.Tests.Core.Sessions;

public sealed class HubLifeTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly SessionLab _lab = new();
    private readonly LabNode _one;
    private readonly LabNode _two;

    public HubLifeTests()
    {
        _one = _lab.Add("one");
        _two = _lab.Add("two");
        _lab.Introduce(_one, _two);
        _lab.Run(0.5 * Second);
    }

    [Test]
    public void Poll_KeepsAnIdleSessionAlive_ForAnHour()
    {
        _lab.Run(TimeSpan.FromHours(1));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_one.Events.Ended, Is.Empty);
            Assert.That(_lab.Connections, Has.Count.EqualTo(1));
            Assert.That(_one[SessionCounter.TimerLate], Is.Zero);
            Assert.That(_one.SessionWith(_two).Clock.RoundTrip, Is.EqualTo(TimeSpan.FromMilliseconds(2)));
            Assert.That(_one.SessionWith(_two).Clock.Offset, Is.EqualTo(TimeSpan.Zero));
        }
    }

    [Test]
    public void Poll_SuspectsAndLosesAPeer_ThatStandsStill_AndFindsItAgain()
    {
        var fellAsleep = _lab.Now;
        _two.FallAsleep();

        Assert.That(_lab.RunUntil(() => _one.Hub.PresenceOf(_two.Id) == Presence.Suspect, 20 * Second), Is.True);
        Assert.That(_lab.Now - fellAsleep, Is.InRange(2.4 * Second, 3.6 * Second));
        Assert.That(_lab.RunUntil(() => _one.Hub.PresenceOf(_two.Id) == Presence.Lost, 20 * Second), Is.True);
        Assert.That(_lab.Now - fellAsleep, Is.InRange(8.9 * Second, 10.1 * Second));
        Assert.That(_one.Events.Log[^1], Is.EqualTo("closed two Lost"));
        Assert.That(_one[SessionCounter.Lost], Is.EqualTo(1));

        _two.WakeUp();
        Assert.That(_lab.RunUntil(() => _one.Events.Open.Count == 1, 40 * Second), Is.True);
        _lab.Run(20 * Second);
        Assert.That(_two.Hub.Sessions, Has.Count.EqualTo(1));
        Assert.That(_one.Hub.PresenceOf(_two.Id), Is.EqualTo(Presence.Alive));
    }

    [Test]
    public void Poll_BlamesNobody_WhenTheWholeMachineSlept()
    {
        _lab.Sleep(TimeSpan.FromMinutes(10));
        _lab.Run(10 * Second);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_one.Events.Ended, Is.Empty);
            Assert.That(_two.Events.Ended, Is.Empty);
            Assert.That(_one[SessionCounter.TimerLate], Is.EqualTo(1));
            Assert.That(_one.Events.Log, Does.Not.Contain("presence two Suspect"));
        }
    }

    [Test]
    public void Poll_BlamesNobody_WhenThisNodeAloneStoodStillForAWhile()
    {
        _two.FallAsleep();
        _lab.Run(6 * Second);
        _two.WakeUp();
        _lab.Run(5 * Second);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_two.Events.Log, Does.Not.Contain("presence one Suspect"));
            Assert.That(_one.Events.Log, Does.Contain("presence two Suspect"));
            Assert.That(_one.Hub.PresenceOf(_two.Id), Is.EqualTo(Presence.Alive));
            Assert.That(_one.Events.Ended, Is.Empty);
        }
    }

    [Test]
    public void Poll_DialsAgain_WhenTheConnectionBreaks()
    {
        _lab.Run(5 * Second);

        _lab.Break(_lab.Connections[0]);

        Assert.That(_one.Events.Log[^2..], Is.EqualTo(["presence two Lost", "closed two LinkClosed"]));
        Assert.That(_lab.RunUntil(() => _one.Events.Open.Count == 1, Second), Is.True);
        _lab.Run(20 * Second);
        Assert.That(_two.Hub.Sessions, Has.Count.EqualTo(1), "the old one was replaced there");
        Assert.That(_two.Events.Log, Does.Not.Contain("presence one Lost"));
    }

    [Test]
    public void Open_ClosesTheOldProcess_WhenAnOwnerComesBackWithALaterIncarnation()
    {
        _lab.Kill(_one);
        var again = _lab.Add("one", plan => plan with { Identity = _one.Identity, Incarnation = 1001 });
        _lab.Introduce(again, _two);

        _lab.Run(Second);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_two.Hub.Sessions.Single().Peer.Incarnation, Is.EqualTo(1001));
            Assert.That(_two.Events.Ended.Single().End, Is.EqualTo(SessionEnd.Replaced));
            Assert.That(_two.Events.Log, Does.Not.Contain("presence one Lost"));
        }
    }

    [Test]
    public void Evidence_ReplacesTheSession_WhenABeaconSaysThatTheOwnerWasStartedAgain()
    {
        _lab.Run(3 * Second);
        _lab.Kill(_one);
        var again = _lab.Add(
            "one", plan => plan with { Identity = _one.Identity, Incarnation = 1001, Endpoint = _one.Address });
        again.Trust.Accept(_two.Id);

        _two.Hub.Evidence(again.Id, again.Address, 1001, _lab.Now);
        _lab.Run(Second);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_two.Hub.Sessions.Single().Peer.Incarnation, Is.EqualTo(1001));
            Assert.That(_two.Events.Ended.Single().End, Is.EqualTo(SessionEnd.Replaced));
        }
    }

    [Test]
    public void Admit_RefusesAnEarlierIncarnation_AndTheNodeGoesOnBehindIt()
    {
        _lab.Kill(_one);
        var old = _lab.Add("one", plan => plan with { Identity = _one.Identity, Incarnation = 900 });
        _lab.Introduce(old, _two);
        _lab.Run(Second);

        Assert.That(old.Events.Stale, Is.EqualTo([1000UL]));
        Assert.That(_two[SessionCounter.Stale], Is.EqualTo(1));

        old.Hub.Continue(1001, _lab.Now);
        _lab.Run(3 * Second);

        Assert.That(_two.SessionWith(old).Peer.Incarnation, Is.EqualTo(1001));
    }

    [Test]
    public void Admit_TellsADialledNode_ThatItIsStale()
    {
        _lab.Kill(_two);
        var old = _lab.Add(
            "two",
            plan => plan with { Identity = _two.Identity, Incarnation = 900, Endpoint = _two.Address });
        old.Trust.Accept(_one.Id);

        _lab.Run(30 * Second);

        Assert.That(old.Events.Stale, Is.Not.Empty.And.All.EqualTo(1000UL));
    }

    [Test]
    public void Remember_MakesAStoredIncarnationCount()
    {
        var three = _lab.Add("three");
        _lab.Introduce(three, _two);
        _two.Hub.Remember(three.Id, 2000);

        _lab.Run(Second);

        Assert.That(three.Events.Stale, Is.EqualTo([2000UL]));
    }

    [Test]
    public void Admit_RefusesASecondProcess_OfOneIncarnation()
    {
        var twin = _lab.Add("twin", plan => plan with { Identity = _one.Identity });
        _lab.Introduce(twin, _two);

        _lab.Run(Second);

        Assert.That(twin.Events.Open, Is.Empty);
        Assert.That(_two[SessionCounter.Twin], Is.EqualTo(1));
        Assert.That(_two.Hub.Sessions.Single().Peer.Instance, Is.EqualTo(_one.Local.Instance));
    }

    [Test]
    public void Report_TellsWhatIsKnownOfASession()
    {
        _lab.Run(5 * Second);

        var report = PeerReport.Of(_one.SessionWith(_two), _lab.Now);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Name, Is.EqualTo("two"));
            Assert.That(report.Presence, Is.EqualTo(Presence.Alive));
            Assert.That(report.RoundTrip, Is.EqualTo(TimeSpan.FromMilliseconds(2)));
            Assert.That(report.ClockOffset, Is.EqualTo(TimeSpan.Zero));
            Assert.That(report.SilentFor, Is.LessThan(1.1 * Second));
            Assert.That(report.Endpoint, Is.EqualTo(_two.Address));
            Assert.That(report.Traffic.SentCount, Is.Positive);
        }
    }
}
