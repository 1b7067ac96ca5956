using Mesh.Core.Sessions;
using Mesh.Core.Trust;
using NUnit.Framework;

namespace Mesh.Tests.Core.Sessions;

public sealed class HubTrustTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly SessionLab _lab = new();
    private readonly LabNode _one;
    private readonly LabNode _two;

    public HubTrustTests()
    {
        _one = _lab.Add("one");
        _two = _lab.Add("two");
        _one.Trust.Accept(_two.Id);
        _one.Hub.AddPeer(_two.Id, [_two.Address], _lab.Now);
    }

    [Test]
    public void Poll_LeavesAStrangerPending_WithItsName()
    {
        _lab.Run(Second);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_one.Events.Log, Is.EqualTo(["refused two Pending"]));
            Assert.That(_two.Events.Log, Is.EqualTo(["pending one 'one'"]));
            Assert.That(_one.Hub.ProblemOf(_two.Id), Is.EqualTo("waits for a decision there"));
            Assert.That(_one.Hub.Sessions.Count + _two.Hub.Sessions.Count, Is.Zero);
        }
    }

    [Test]
    public void Poll_TellsOfAPendingStrangerOnce_HoweverOftenItAsks()
    {
        _lab.Run(60 * Second);

        Assert.That(_two.Events.Log, Is.EqualTo(["pending one 'one'"]));
        Assert.That(_one.Events.Log, Has.Count.InRange(11, 13), "asked again every 5 s");
    }

    [Test]
    public void Poll_LeavesBothPendingWithoutNames_WhenNeitherKnowsTheOther()
    {
        var (three, four) = (_lab.Add("three"), _lab.Add("four"));
        three.Hub.AddStatic(four.Address, _lab.Now);

        _lab.Run(Second);

        Assert.That(three.Events.Log, Is.EqualTo(["pending four ''"]));
        Assert.That(four.Events.Log, Is.EqualTo(["pending three ''"]));
    }

    [Test]
    public void TrustChanged_OpensTheSessionAtOnce_WhenThePersonAcceptsWhereThePeerCanBeDialled()
    {
        _lab.Run(Second);
        _lab.Run(Second);

        _two.Trust.Accept(_one.Id);
        _two.Hub.TrustChanged(_one.Id, _lab.Now);
        _lab.Run(0.1 * Second);

        Assert.That(_one.SessionWith(_two).IsDialled, Is.False);
    }

    [Test]
    public void Poll_OpensTheSessionWithoutARestart_WhenItIsAcceptedLater()
    {
        _lab.Run(7 * Second);
        _two.Trust.Accept(_one.Id);

        Assert.That(_lab.RunUntil(() => _one.Hub.Sessions.Count == 1, 6 * Second), Is.True);
        Assert.That(_one.SessionWith(_two).IsDialled, Is.True);
    }

    [Test]
    public void Nudge_AsksAgainAtOnce()
    {
        _lab.Run(2.5 * Second);
        _two.Trust.Accept(_one.Id);

        _one.Hub.Nudge(_two.Id, _lab.Now);
        _lab.Run(0.1 * Second);

        Assert.That(_one.Hub.Sessions, Has.Count.EqualTo(1));
    }

    [Test]
    public void Poll_AcceptsAStranger_WhenTheModeSaysSo()
    {
        _two.Trust.AutoAcceptCount = 1;
        var three = _lab.Add("three");
        three.Trust.Accept(_two.Id);
        _lab.Run(Second);

        three.Hub.AddPeer(_two.Id, [_two.Address], _lab.Now);
        _lab.Run(Second);

        Assert.That(_two.Hub.Sessions.Single().Peer.Id, Is.EqualTo(_one.Id));
        Assert.That(_two.Events.Log[^1], Is.EqualTo("pending three 'three'"));
    }

    [TestCase("Rejected")]
    [TestCase("Revoked")]
    public void Poll_RefusesWithoutANameOrAReason_WhoWasTurnedDown(string standing)
    {
        _two.Trust[_one.Id] = new TrustAnswer(Enum.Parse<TrustState>(standing), Rights.None);

        _lab.Run(59 * Second);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_one.Events.Log, Is.EqualTo([$"refused two {standing}"]), "and asks rarely");
            Assert.That(_two.Events.Log, Is.Empty);
            Assert.That(_one.Events.Open, Is.Empty);
        }
    }

    [TestCase("Rejected")]
    [TestCase("Revoked")]
    [TestCase("Pending")]
    public void TrustChanged_EndsLiveSessionsAtOnce_WhenThePersonTurnsThePeerOut(string standing)
    {
        _two.Trust.Accept(_one.Id);
        _lab.Run(Second);
        Assert.That(_one.Hub.Sessions, Has.Count.EqualTo(1));

        _two.Trust[_one.Id] = new TrustAnswer(Enum.Parse<TrustState>(standing), Rights.None);
        _two.Hub.TrustChanged(_one.Id, _lab.Now);

        Assert.That(_two.Hub.Sessions, Is.Empty, "at once");
        Assert.That(_two.Events.Log[^1], Is.EqualTo("closed one RefusedHere"));
        _lab.Run(10 * Second);
        Assert.That(_one.Events.Log, Does.Contain("closed two Left"));
        Assert.That(_one.Hub.Sessions, Is.Empty);
        Assert.That(_two.Events.Open, Is.Empty);
    }

    [Test]
    public void TrustChanged_PushesTheRights_WhenTheyChange()
    {
        _two.Trust.Accept(_one.Id);
        _lab.Run(Second);

        _two.Trust.Accept(_one.Id, Rights.Trace | Rights.Call);
        _two.Hub.TrustChanged(_one.Id, _lab.Now);
        _lab.Run(0.1 * Second);

        Assert.That(_one.Events.Log[^1], Is.EqualTo("rights Trace, Call"));
        Assert.That(_two.SessionWith(_one).RightsGiven, Is.EqualTo(Rights.Trace | Rights.Call));
    }

    [Test]
    public void Poll_RefusesHere_WhenThisSideDoesNotAcceptWhoItDialled()
    {
        var three = _lab.Add("three");
        _two.Trust.Accept(three.Id);
        three.Hub.AddStatic(_two.Address, _lab.Now);

        _lab.Run(Second);

        // The other side had said WELCOME, so its name is known here; this side's is not known there.
        Assert.That(three.Events.Log, Is.EqualTo(["pending two 'two'"]));
        Assert.That(_two.Events.Log, Does.Contain("refused three Pending"));
    }

    [Test]
    public void AcceptingLater_OpensTheStaticEndpointsSession()
    {
        var three = _lab.Add("three");
        _two.Trust.Accept(three.Id);
        three.Hub.AddStatic(_two.Address, _lab.Now);
        _lab.Run(3 * Second);

        three.Trust.Accept(_two.Id);
        three.Hub.TrustChanged(_two.Id, _lab.Now);
        _lab.Run(0.1 * Second);

        Assert.That(three.SessionWith(_two).Name, Is.EqualTo("two"));
    }
}
