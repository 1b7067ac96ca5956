using System.Diagnostics;

namespace Mesh.Statecharts.Hosting;

/// <summary>The timed posts of one chart: on the monotonic clock, without drift, never early.</summary>
/// <param name="timeProvider">The clock and its timers.</param>
/// <param name="post">Posts an event, to the front if the second argument says so, with the id of its send.</param>
internal sealed class TimedPosts(TimeProvider timeProvider, Action<Event, bool, string?> post)
{
    /// <summary>The most posts that may be pending.</summary>
    public const int MaxPending = 500;

    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<long, TimedPost> _pending = [];
    private long _lastId;
    private bool _isClosed;

    /// <summary>How many are pending.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _pending.Count;
            }
        }
    }

    /// <summary>Begins a timed post; the first may be made before the method returns.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The period is not longer than zero or the times are
    /// negative.</exception>
    /// <exception cref="InvalidOperationException"><see cref="MaxPending"/> are pending.</exception>
    public TimedPostId Add(Event posted, PostTiming timing, bool isLifo, string? sendId = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timing.Period, TimeSpan.Zero, nameof(timing));
        ArgumentOutOfRangeException.ThrowIfNegative(timing.Times, nameof(timing));
        lock (_gate)
        {
            if (_pending.Count >= MaxPending)
            {
                throw new InvalidOperationException($"{MaxPending} timed posts are pending");
            }

            var id = ++_lastId;
            if (!_isClosed)
            {
                var timed = new TimedPost(id, posted, timing, isLifo, timeProvider.GetTimestamp())
                {
                    SendId = sendId,
                };
                _pending.Add(id, timed);
                FireLocked(timed);
            }

            return new TimedPostId(id);
        }
    }

    /// <summary>Ends one; silent when it is not pending.</summary>
    public void Cancel(TimedPostId id)
    {
        lock (_gate)
        {
            if (_pending.TryGetValue(id.Value, out var timed))
            {
                EndLocked(timed);
            }
        }
    }

    /// <summary>Ends all whose signal has this name.</summary>
    public void CancelAll(string signalName) => CancelWhere(timed => timed.Posted.Signal.Name == signalName);

    /// <summary>Ends all that were sent with this id.</summary>
    public void CancelSends(string sendId) => CancelWhere(timed => timed.SendId == sendId);

    /// <summary>Ends all and takes no more.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            foreach (var timed in _pending.Values.ToList())
            {
                EndLocked(timed);
            }
        }
    }

    /// <summary>Runs something while nothing fires and nothing is added or cancelled.</summary>
    public void Hold(Action action)
    {
        lock (_gate)
        {
            action();
        }
    }

    /// <summary>What is pending, in the order of the ids; within <see cref="Hold"/>.</summary>
    public (long LastId, List<PendingPost> Pending) Capture()
    {
        Debug.Assert(_gate.IsHeldByCurrentThread, "nothing moves meanwhile");
        return (_lastId, [.. _pending.Values.OrderBy(timed => timed.Id).Select(timed =>
            new PendingPost(timed.Id, timed.Posted, timed.SendId, StateOf(timed)))]);
    }

    /// <summary>Goes on with what was pending; before anything else is added. What is due is posted at once.</summary>
    public void Restore(long lastId, IEnumerable<PendingPost> pending)
    {
        lock (_gate)
        {
            _lastId = Math.Max(lastId, _lastId);
            foreach (var (id, posted, sendId, state) in pending)
            {
                _lastId = Math.Max(id, _lastId);
                var timed = new TimedPost(id, posted, state.Timing, state.IsLifo, timeProvider.GetTimestamp())
                {
                    SendId = sendId,
                };
                timed.GoOn(state);
                _pending.Add(id, timed);
                FireLocked(timed);
            }
        }
    }

    private TimerState StateOf(TimedPost timed)
    {
        var remaining = timed.NextDue() - timed.Before - timeProvider.GetElapsedTime(timed.Begin);
        return timed.State(remaining > TimeSpan.Zero ? remaining : TimeSpan.Zero);
    }

    private void CancelWhere(Func<TimedPost, bool> isMeant)
    {
        lock (_gate)
        {
            foreach (var timed in _pending.Values.Where(isMeant).ToList())
            {
                EndLocked(timed);
            }
        }
    }

    private void OnTimer(object? state)
    {
        lock (_gate)
        {
            // A timer may fire once more while it is being ended.
            var timed = (TimedPost)state!;
            if (_pending.ContainsKey(timed.Id))
            {
                FireLocked(timed);
            }
        }
    }

    // Posting under the lock makes a cancel final: after it returns nothing more is posted.
    private void FireLocked(TimedPost timed)
    {
        while (true)
        {
            var wait = timed.NextDue() - timed.Before - timeProvider.GetElapsedTime(timed.Begin);
            if (wait > TimeSpan.Zero)
            {
                Arm(timed, wait);
                return;
            }

            post(timed.Posted, timed.IsLifo, timed.SendId);
            if (timed.CountFiring())
            {
                EndLocked(timed);
                return;
            }
        }
    }

    private void Arm(TimedPost timed, TimeSpan wait)
    {
        // Timers tick in whole milliseconds and would come early by the rest.
        wait = wait > LongestWait ? LongestWait : TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
        if (timed.Timer is { } timer)
        {
            timer.Change(wait, Timeout.InfiniteTimeSpan);
        }
        else
        {
            timed.Timer = timeProvider.CreateTimer(OnTimer, timed, wait, Timeout.InfiniteTimeSpan);
        }
    }

    private void EndLocked(TimedPost timed)
    {
        _pending.Remove(timed.Id);
        timed.Timer?.Dispose();
    }

    private sealed class TimedPost(long id, Event posted, PostTiming timing, bool isLifo, long begin)
    {
        private int _firings;

        public long Id => id;

        public Event Posted => posted;

        public bool IsLifo => isLifo;

        public long Begin => begin;

        public string? SendId { get; init; }

        /// <summary>How long it was armed before its begin, in another process perhaps.</summary>
        public TimeSpan Before { get; private set; }

        public ITimer? Timer { get; set; }

        public TimeSpan NextDue() => timing.Period * (timing.Deferred ? _firings + 1L : _firings);

        public TimerState State(TimeSpan remaining) => new(timing, isLifo, _firings, remaining);

        public void GoOn(in TimerState state)
        {
            _firings = state.Firings;
            Before = NextDue() - state.Remaining;
        }

        /// <summary>Counts a firing; whether it was the last.</summary>
        public bool CountFiring() => ++_firings == timing.Times;
    }
}
