using Mesh.Core.Sessions;
using NUnit.Framework;

namespace Mesh.Tests.Core.Sessions;

public sealed class SessionPresenceTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Start = TimeSpan.FromHours(1);

    [Test]
    public void Poll_PingsAfterASecondOfItsOwnSilence_OnBothSides()
    {
        var pair = SessionPair.Opened(now: Start);

        Assert.That(pair.Left.NextDeadline, Is.EqualTo(Start + Second));
        pair.Run(10.5 * Second);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(pair.Facts.Count(fact => fact == "left Ping"), Is.EqualTo(10));
            Assert.That(pair.Facts.Count(fact => fact == "right Ping"), Is.EqualTo(10));
            Assert.That(pair.Left.Presence, Is.EqualTo(Presence.Alive));
            Assert.That(pair.Left.Clock.HasSample, Is.True);
            Assert.That(pair.Left.Clock.Offset, Is.EqualTo(TimeSpan.Zero));
        }
    }

    [Test]
    public void Poll_DoesNotPing_WhileItSpeaks()
    {
        var pair = SessionPair.Opened(now: Start);

        for (var count = 0; count < 50; count++)
        {
            pair.Left.TrySend([0x92, 0x1A, 1]);
            pair.Run(0.2 * Second);
        }

        Assert.That(pair.Facts, Has.No.Member("right Ping"));
        Assert.That(pair.Facts.Count(fact => fact == "left Ping"), Is.InRange(9, 10));
    }

    [Test]
    public void Poll_SuspectsAt3500MsAndLosesAt10S_WhenThePeerIsSilent()
    {
        var pair = SessionPair.Opened(now: Start);
        var suspectAt = TimeSpan.Zero;

        while (pair.Left.State == SessionState.Open)
        {
            pair.Now = pair.Left.NextDeadline;
            pair.Left.Poll(pair.Now);
            if (suspectAt == TimeSpan.Zero && pair.Left.Presence == Presence.Suspect)
            {
                suspectAt = pair.Now;
            }
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(suspectAt, Is.EqualTo(Start + (3.5 * Second)));
            Assert.That(pair.Now, Is.EqualTo(Start + (10 * Second)));
            Assert.That(pair.Left.End, Is.EqualTo(SessionEnd.Lost));
            Assert.That(pair.Left.Presence, Is.EqualTo(Presence.Lost));
        }
    }

    [Test]
    public void Receive_MakesASuspectAliveAgain()
    {
        var pair = SessionPair.Opened(now: Start);
        pair.Now = Start + (5 * Second);
        pair.Left.Poll(pair.Now);
        Assert.That(pair.Left.Presence, Is.EqualTo(Presence.Suspect));

        pair.Right.PushPing(pair.Now);
        pair.Exchange();

        Assert.That(pair.Left.Presence, Is.EqualTo(Presence.Alive));
    }

    [Test]
    public void Forgive_KeepsThePeerForOneInterval_WhenThisNodeSlept()
    {
        var pair = SessionPair.Opened(now: Start);
        pair.Now = Start + TimeSpan.FromMinutes(5);

        pair.Left.Forgive(pair.Now);
        pair.Left.Poll(pair.Now);

        Assert.That(pair.Left.Presence, Is.EqualTo(Presence.Alive));
        pair.Now += Second;
        pair.Left.Poll(pair.Now);
        Assert.That(pair.Left.Presence, Is.EqualTo(Presence.Suspect));
    }

    [Test]
    public void PushPing_GoesOutAtOnce()
    {
        var pair = SessionPair.Opened(now: Start);

        pair.Left.PushPing(pair.Now);
        pair.Exchange();

        Assert.That(pair.Facts, Is.EqualTo(["right Ping"]));
    }
}
