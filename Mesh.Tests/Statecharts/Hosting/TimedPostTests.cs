using Mesh.Statecharts;
using Mesh.Statecharts.Hosting;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Hosting;

/// <summary>Case D4 of miros: one state that hooks F and A, and timed posts in every form.</summary>
public sealed class TimedPostTests
{
    private static readonly Signal F = new("F");
    private static readonly Signal A = new("A");
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    private static readonly Chart<Counts> Snitch = Chart.Define<Counts>("snitch", c => c.State("snitch")
        .On(F).Do(counts => counts.F++)
        .Handled()
        .On(A).Do(counts => counts.A++)
        .Handled());

    private readonly ManualTimeProvider _time = new();
    private readonly Counts _counts = new();
    private readonly ChartHost<Counts> _host;

    public TimedPostTests()
    {
        _host = new ChartHost<Counts>(Snitch, _counts, _time);
        _host.Start();
    }

    [Test]
    public void PostLifo_FiresAtOnceAndFiveTimes_WhenNotDeferredAndTimesIsFive()
    {
        _host.PostLifo(F, new PostTiming(Period, Times: 5, Deferred: false));

        var counts = (After(50), After(900), After(5_000));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(counts, Is.EqualTo((1, 5, 5)));
            Assert.That(_host.TimedPostCount, Is.Zero);
            Assert.That(_time.PendingTimerCount, Is.Zero);
            Assert.That(string.Join('\n', _host.Spy()), Is.EqualTo("""
                START
                SEARCH_FOR_SUPER_SIGNAL:snitch
                ENTRY_SIGNAL:snitch
                INIT_SIGNAL:snitch
                <- Queued:(0) Deferred:(0)
                F:snitch
                F:snitch:HOOK
                <- Queued:(0) Deferred:(0)
                F:snitch
                F:snitch:HOOK
                <- Queued:(0) Deferred:(0)
                F:snitch
                F:snitch:HOOK
                <- Queued:(0) Deferred:(0)
                F:snitch
                F:snitch:HOOK
                <- Queued:(0) Deferred:(0)
                F:snitch
                F:snitch:HOOK
                <- Queued:(0) Deferred:(0)
                """));
        }
    }

    [Test]
    public void PostFifo_FiresFirstAfterOnePeriod_WhenDeferred()
    {
        _host.PostFifo(F, new PostTiming(Period, Times: 3));

        Assert.That((After(50), After(100), After(600)), Is.EqualTo((0, 1, 3)));
    }

    [Test]
    public void PostFifo_FiresForEver_UntilItIsCancelled()
    {
        var id = _host.PostFifo(F, PostTiming.Every(Period));

        var before = After(550);
        _host.CancelEvent(id);
        _host.CancelEvent(id);
        _host.CancelEvent(new TimedPostId(99));

        Assert.That((before, After(1_000)), Is.EqualTo((5, 5)));
    }

    [Test]
    public void CancelEvents_EndsAllOfOneSignalAlone()
    {
        _host.PostFifo(F, PostTiming.Every(Period));
        _host.PostFifo(F, PostTiming.Every(Period));
        _host.PostLifo(F, PostTiming.Every(Period));
        _host.PostFifo(A, PostTiming.Every(Period));

        var before = (After(150), _counts.A);
        _host.CancelEvents(new Signal("F"));

        Assert.That((before, (After(200), _counts.A)), Is.EqualTo(((3, 1), (3, 3))));
    }

    [Test]
    public void CancelEvent_LeavesNoReaction_WhenItComesBeforeTheFirstFiring()
    {
        var id = _host.PostFifo(F, PostTiming.After(Period));

        _host.CancelEvent(id);

        Assert.That((After(1_000), _time.PendingTimerCount), Is.EqualTo((0, 0)));
    }

    [Test]
    public void PostFifo_FiresWithoutDrift_WhenEachTimerComesLate()
    {
        var late = new LateTimeProvider(_time, TimeSpan.FromMilliseconds(30));
        var host = new ChartHost<Counts>(Snitch, _counts, late);
        host.Start();
        host.PostFifo(F, PostTiming.Every(Period));

        // Every timer is 30 ms late: the hundredth firing is still due at 10 s, not at 13 s.
        for (var step = 0; step < 10_040 / 10; step++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(10));
            host.CompleteCircuit();
        }

        Assert.That(_counts.F, Is.EqualTo(100));
    }

    [Test]
    public void PostFifo_Throws_WhenFiveHundredArePendingButNotForThoseThatEnded()
    {
        for (var count = 0; count < 600; count++)
        {
            _host.PostFifo(A, PostTiming.After(Period));
            After(100);
        }

        for (var count = 0; count < 500; count++)
        {
            _host.PostFifo(F, PostTiming.Every(Period));
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_counts.A, Is.EqualTo(600));
            Assert.That(() => _host.PostFifo(F, PostTiming.Every(Period)), Throws.InvalidOperationException);
        }
    }

    [Test]
    public void PostFifo_Throws_WhenThePeriodIsNotLongerThanZero()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                () => _host.PostFifo(F, new PostTiming(TimeSpan.Zero)), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(
                () => _host.PostFifo(F, new PostTiming(Period, -1)), Throws.TypeOf<ArgumentOutOfRangeException>());
        }
    }

    [Test]
    public void Stop_CancelsAllTimedPosts()
    {
        _host.PostFifo(F, PostTiming.Every(Period));
        _host.PostFifo(A, PostTiming.Every(Period));

        _host.Stop();
        var id = _host.PostFifo(F, PostTiming.Every(Period));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(After(1_000), Is.Zero);
            Assert.That((_host.TimedPostCount, _time.PendingTimerCount), Is.EqualTo((0, 0)));
            Assert.That(id.Value, Is.Positive);
        }
    }

    private int After(int milliseconds)
    {
        for (var passed = 0; passed < milliseconds; passed += 10)
        {
            _time.Advance(TimeSpan.FromMilliseconds(10));
            _host.CompleteCircuit();
        }

        return _counts.F;
    }

    private sealed class Counts
    {
        public int F { get; set; }

        public int A { get; set; }
    }

    /// <summary>The manual clock, but every timer fires later than it was asked to.</summary>
    private sealed class LateTimeProvider(ManualTimeProvider time, TimeSpan late) : TimeProvider
    {
        public override long TimestampFrequency => time.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

        public override long GetTimestamp() => time.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new LateTimer(time.CreateTimer(callback, state, dueTime + late, period), late);

        private sealed class LateTimer(ITimer timer, TimeSpan late) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime + late, period);

            public void Dispose() => timer.Dispose();

            public ValueTask DisposeAsync() => timer.DisposeAsync();
        }
    }
}
