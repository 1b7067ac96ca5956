namespace Mesh.Tests.Support;

/// <summary>A clock that stands still until a test moves it; timers fire on the thread that moves it, in due
/// order.</summary>
/// <remarks>
/// Two races of a manual clock: the continuation of a fired timer may run later on the pool, so wait for an
/// observable sign after a move; and a loop may not have set its timer yet, so move with
/// <see cref="AdvanceToNextTimerAsync"/>, which waits for one.
/// </remarks>
internal sealed class ManualTimeProvider(DateTimeOffset start, TimeZoneInfo? localTimeZone = null) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private TaskCompletionSource _timerWasSet = NewSignal();
    private TimeSpan _elapsed;

    public ManualTimeProvider()
        : this(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero))
    {
    }

    public override TimeZoneInfo LocalTimeZone => localTimeZone ?? TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How many timers are set to fire.</summary>
    public int PendingTimerCount
    {
        get
        {
            lock (_gate)
            {
                return _timers.Count(timer => timer.Due is not null);
            }
        }
    }

    public override DateTimeOffset GetUtcNow() => start + Elapsed();

    public override long GetTimestamp() => Elapsed().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock and fires every timer that falls due on the way, each at its own time.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var until = Elapsed() + by;

        while (TakeDue(until) is { } timer)
        {
            timer.Fire();
        }

        lock (_gate)
        {
            _elapsed = until;
        }
    }

    /// <summary>Waits until a timer is set, then moves the clock to the earliest one and fires it.</summary>
    public async Task AdvanceToNextTimerAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task wasSet;
            TimeSpan? due;
            lock (_gate)
            {
                wasSet = _timerWasSet.Task;
                due = _timers.Min(timer => timer.Due);
            }

            if (due is not null)
            {
                var elapsed = Elapsed();
                Advance(due.Value > elapsed ? due.Value - elapsed : TimeSpan.Zero);
                return;
            }

            await wasSet.WaitAsync(cancellationToken);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TimeSpan Elapsed()
    {
        lock (_gate)
        {
            return _elapsed;
        }
    }

    private ManualTimer? TakeDue(TimeSpan until)
    {
        lock (_gate)
        {
            var timer = _timers.Where(candidate => candidate.Due <= until).MinBy(candidate => candidate.Due);
            if (timer is not null)
            {
                _elapsed = timer.Due!.Value > _elapsed ? timer.Due.Value : _elapsed;
                timer.Due = timer.Period > TimeSpan.Zero ? timer.Due + timer.Period : null;
            }

            return timer;
        }
    }

    private sealed class ManualTimer(ManualTimeProvider owner, TimerCallback callback, object? state) : ITimer
    {
        private bool _disposed;

        public TimeSpan? Due { get; set; }

        public TimeSpan Period { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (owner._gate)
            {
                if (_disposed)
                {
                    return false;
                }

                Due = dueTime == Timeout.InfiniteTimeSpan ? null : owner._elapsed + dueTime;
                Period = period;
                if (!owner._timers.Contains(this))
                {
                    owner._timers.Add(this);
                }

                if (Due is not null)
                {
                    owner._timerWasSet.TrySetResult();
                    owner._timerWasSet = NewSignal();
                }

                return true;
            }
        }

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (owner._gate)
            {
                _disposed = true;
                Due = null;
                owner._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
