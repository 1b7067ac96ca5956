using Mesh.Statecharts;
using Mesh.Statecharts.Hosting;
using Mesh.Statecharts.Snapshots;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Snapshots;

/// <summary>A restored chart has no timers of states but those that its active states can have armed.</summary>
public sealed class SnapshotTimerTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly DelegateCodec<List<string>> Codec = new(_ => "", (_, _) => { });
    private static readonly PostTiming Once = PostTiming.After(Second);

    private static readonly Chart<List<string>> Waiting = Chart.Define<List<string>>("waiting", c =>
    {
        c.State("a").After("short", _ => Second).Goto("b");
        c.State("b").After("long", _ => 9 * Second).Goto("a");
    });

    [Test]
    public void Restore_TakesTheTimerOfAnActiveState()
    {
        var result = RestoreWith(Timer(1, "after.a.short", Once));

        Assert.That(result, Is.EqualTo(default(RestoreResult)));
    }

    [Test]
    public void Restore_RefusesATimerAsImpossible_WhenNoActiveStateHasIt(
        [Values("after.b.long", "after.a.other", "after.none.short", "a")] string name)
    {
        var result = RestoreWith(Timer(1, name, Once));

        Assert.That(result.Refusal, Is.EqualTo(SnapshotRefusal.Impossible));
        Assert.That(result.Message, Does.Contain($"'{name}'"));
    }

    [Test]
    public void Restore_RefusesATimerAsImpossible_WhenItIsArmedTwiceOrFiresOtherwiseThanOnceToTheEnd()
    {
        const string Name = "after.a.short";

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                RestoreWith(Timer(1, Name, Once), Timer(2, Name, Once)).Refusal,
                Is.EqualTo(SnapshotRefusal.Impossible));
            Assert.That(
                RestoreWith(Timer(1, Name, Once with { Times = 0 })).Refusal, Is.EqualTo(SnapshotRefusal.Impossible));
            Assert.That(
                RestoreWith(Timer(1, Name, Once, isLifo: true)).Refusal, Is.EqualTo(SnapshotRefusal.Impossible));
        }
    }

    private static RestoreResult RestoreWith(params SnapshotTimer[] timers)
    {
        var time = new ManualTimeProvider();
        var host = new ChartHost<List<string>>(Waiting, [], time);
        host.Start();
        Assert.That(SnapshotForm.TryRead(host.Snapshot(Codec), out var snapshot), Is.EqualTo(SnapshotRefusal.None));
        var changed = SnapshotForm.Write(snapshot! with { StateTimers = new SnapshotTimers(9, [.. timers]) });

        return new ChartHost<List<string>>(Waiting, [], time).Restore(changed, Codec);
    }

    private static SnapshotTimer Timer(long id, string name, PostTiming timing, bool isLifo = false) =>
        new(id, new SnapshotEvent(name, null), new TimerState(timing, isLifo, 0, Second));
}
