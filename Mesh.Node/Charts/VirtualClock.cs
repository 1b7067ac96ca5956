namespace Mesh.Node.Charts;

/// <summary>A clock that stands still until it is moved; timers fire on the thread that moves it, in the order in which
/// they fall due.</summary>
internal sealed class VirtualClock : TimeProvider
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    private readonly List<VirtualTimer> _timers = [];
    private TimeSpan _elapsed;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How far it was moved.</summary>
    public TimeSpan Elapsed => _elapsed;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => Start + _elapsed;

    /// <inheritdoc/>
    public override long GetTimestamp() => _elapsed.Ticks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock to the next timer that falls due and fires it; without one, to the end of the
    /// way.</summary>
    /// <param name="until">Where the way ends.</param>
    /// <returns>Whether a timer was fired.</returns>
    public bool MoveToNextTimer(TimeSpan until)
    {
        var timer = _timers.Where(each => each.Due <= until).MinBy(each => each.Due);
        if (timer is null)
        {
            _elapsed = until > _elapsed ? until : _elapsed;
            return false;
        }

        _elapsed = timer.Due!.Value > _elapsed ? timer.Due.Value : _elapsed;
        timer.Fire();
        return true;
    }

    private sealed class VirtualTimer(VirtualClock owner, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;

        public TimeSpan? Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Due = dueTime == Timeout.InfiniteTimeSpan ? null : owner._elapsed + dueTime;
            _period = period;
            if (!owner._timers.Contains(this))
            {
                owner._timers.Add(this);
            }

            return true;
        }

        public void Fire()
        {
            Due = _period > TimeSpan.Zero ? Due + _period : null;
            callback(state);
        }

        public void Dispose()
        {
            Due = null;
            owner._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
