using NUnit.Framework;

namespace Mesh.Tests.Support;

public sealed class ManualTimeProviderTests
{
    [Test]
    public void Advance_FiresTimersInDueOrderAtTheirOwnTimes_WhenSeveralFallDue()
    {
        var time = new ManualTimeProvider();
        var start = time.GetTimestamp();
        var fired = new List<string>();
        using var late = time.CreateTimer(_ => Note("late"), null, TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);
        using var often = time.CreateTimer(_ => Note("often"), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

        time.Advance(TimeSpan.FromSeconds(2.5));
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.That(fired, Is.EqualTo(["often 1", "often 2", "late 3", "often 3"]).AsCollection);

        void Note(string what) => fired.Add($"{what} {time.GetElapsedTime(start).TotalSeconds}");
    }

    [Test]
    public void Advance_FiresNothing_WhenTheTimerWasDisposed()
    {
        var time = new ManualTimeProvider();
        var count = 0;
        var timer = time.CreateTimer(_ => count++, null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

        timer.Dispose();
        var changed = timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        time.Advance(TimeSpan.FromSeconds(2));

        Assert.That((changed, count, time.PendingTimerCount), Is.EqualTo((false, 0, 0)));
    }

    [Test, CancelAfter(10_000)]
    public async Task AdvanceToNextTimerAsync_WaitsForATimer_WhenNoneIsSet(CancellationToken cancellationToken)
    {
        var time = new ManualTimeProvider();
        var start = time.GetUtcNow();
        var advanced = time.AdvanceToNextTimerAsync(cancellationToken);

        var delay = Task.Delay(TimeSpan.FromSeconds(7), time, cancellationToken);
        await advanced;
        await delay;

        Assert.That(time.GetUtcNow() - start, Is.EqualTo(TimeSpan.FromSeconds(7)));
    }
}
