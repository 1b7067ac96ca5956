using Mesh.Core.Sessions;
using NUnit.Framework;

namespace Mesh.Tests.Core.Sessions;

public sealed class SilenceWatchTests
{
    private static readonly TimeSpan Suspect = TimeSpan.FromSeconds(3.5);
    private static readonly TimeSpan Lost = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(100);

    [Test]
    public void Judge_GoesFromAliveToSuspectToLost_AsSilenceGrows()
    {
        var watch = new SilenceWatch(Suspect, Lost, Start);

        Assert.That(watch.NextDeadline, Is.EqualTo(Start + Suspect));
        Assert.That(watch.Judge(Start + Suspect - TimeSpan.FromTicks(1)), Is.False);
        Assert.That(watch.Judge(Start + Suspect), Is.True);
        Assert.That(watch.State, Is.EqualTo(Presence.Suspect));
        Assert.That(watch.NextDeadline, Is.EqualTo(Start + Lost));
        Assert.That(watch.Judge(Start + Lost - TimeSpan.FromTicks(1)), Is.False);
        Assert.That(watch.Judge(Start + Lost), Is.True);
        Assert.That(watch.State, Is.EqualTo(Presence.Lost));
        Assert.That(watch.Judge(Start + (2 * Lost)), Is.False);
    }

    [Test]
    public void Heard_MakesASuspectAlive()
    {
        var watch = new SilenceWatch(Suspect, Lost, Start);
        watch.Judge(Start + Suspect);

        Assert.That(watch.Heard(Start + Suspect), Is.True);
        Assert.That(watch.State, Is.EqualTo(Presence.Alive));
        Assert.That(watch.Heard(Start + Suspect), Is.False);
    }

    [Test]
    public void Forgive_GivesOneIntervalBeforeTheNextVerdict()
    {
        var interval = TimeSpan.FromSeconds(1);
        var watch = new SilenceWatch(Suspect, Lost, Start);
        var woken = Start + TimeSpan.FromMinutes(5);

        watch.Forgive(woken, interval);

        Assert.That(watch.Judge(woken + interval - TimeSpan.FromTicks(1)), Is.False);
        Assert.That(watch.Judge(woken + interval), Is.True);
        Assert.That(watch.State, Is.EqualTo(Presence.Suspect));
        Assert.That(watch.LastHeard, Is.EqualTo(Start));
    }

    [Test]
    public void Forgive_GivesASuspectOneIntervalToo()
    {
        var interval = TimeSpan.FromSeconds(1);
        var watch = new SilenceWatch(Suspect, Lost, Start);
        watch.Judge(Start + Suspect);
        var woken = Start + TimeSpan.FromMinutes(5);

        watch.Forgive(woken, interval);

        Assert.That(watch.Judge(woken + interval - TimeSpan.FromTicks(1)), Is.False);
        Assert.That(watch.Judge(woken + interval), Is.True);
        Assert.That(watch.State, Is.EqualTo(Presence.Lost));
    }

    [Test]
    public void IsLate_IsTrue_WhenTheLoopComesBackLaterThanItMay()
    {
        var watch = new LatenessWatch(TimeSpan.FromSeconds(1));
        Assert.That(watch.IsLate(Start), Is.False);

        watch.Expect(Start);

        Assert.That(watch.IsLate(Start + TimeSpan.FromSeconds(1)), Is.False);
        Assert.That(watch.IsLate(Start + TimeSpan.FromSeconds(1.1)), Is.True);
        Assert.That(watch.LateCount, Is.EqualTo(1));
    }
}
