using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Engine;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Statecharts.Hosting;

/// <content>What states hold while they are active: timers, deferred events, work.</content>
public abstract partial class HostedChart<TContext> : IChartInside
{
    private TimedPosts? _stateTimers;
    private Dictionary<string, TimedPostId>? _armed;
    private long _arrival;

    void IChartInside.NoteReport(Report report) => _machine.NoteReport(report);

    void IChartInside.Send(Event sent, PostTiming timing, string? sendId) =>
        AddTimedPost(sent, timing, isLifo: false, sendId);

    void IChartInside.Arm(Signal timer, TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        RequireQueues();
        if (Volatile.Read(ref _isClosed))
        {
            return;
        }

        var timers = RequireStateTimers();
        var timing = duration > TimeSpan.Zero ? PostTiming.After(duration)
            : new PostTiming(TimeSpan.FromTicks(1), Times: 1, Deferred: false);
        _armed![timer.Name] = timers.Add(timer, timing, isLifo: false);
    }

    void IChartInside.Disarm(string timer)
    {
        if (_armed is null)
        {
            return;
        }

        if (_armed.Remove(timer, out var id))
        {
            _stateTimers!.Cancel(id);
        }

        // What fired before a snapshot is armed no more, and may still wait.
        TakeBack(timer);
    }

    void IChartInside.Hold(string owner)
    {
        var running = _machine.CurrentEvent;
        int signal;
        lock (_gate)
        {
            signal = _machine.Resolve(running);
            var held = new QueuedEvent(signal, _machine.Pack(signal, running, _machine.CurrentSendId))
            {
                Arrival = _arrival,
            };
            if (_isClosed || !RequireQueues().TryHold(held, owner))
            {
                Interlocked.Increment(ref _droppedCount);
                return;
            }
        }

        _machine.Note(NoteKind.Defer, signal);
    }

    void IChartInside.Release(string owner)
    {
        List<QueuedEvent> released;
        lock (_gate)
        {
            released = RequireQueues().Release(owner);
        }

        foreach (var each in released)
        {
            _machine.Note(NoteKind.Recall, each.Signal, 1);
        }
    }

    private TimedPosts RequireStateTimers()
    {
        _armed ??= new Dictionary<string, TimedPostId>(StringComparer.Ordinal);
        return _stateTimers ??= new TimedPosts(TimeProvider, (fired, _, _) => PostOwned(fired, fired.Signal.Name));
    }

    private void PostOwned(Event posted, string owner)
    {
        bool mustSchedule;
        lock (_gate)
        {
            mustSchedule = PostOwnedLocked(posted, owner);
        }

        ScheduleIf(mustSchedule);
    }

    // These are few, by the definition of the chart or by a limit, and must not be lost: a full queue takes them.
    private bool PostOwnedLocked(Event posted, string owner)
    {
        if (_isClosed || !Accepts(posted))
        {
            Interlocked.Increment(ref _droppedCount);
            return false;
        }

        var signal = _machine.Resolve(posted);
        var payload = _machine.Pack(signal, posted, sendId: null);
        RequireQueues().Post(new QueuedEvent(signal, payload) { Owner = owner });
        return ClaimRunLocked();
    }

    private void TakeBack(string owner)
    {
        lock (_gate)
        {
            RequireQueues().TakeBack(owner);
        }
    }

    private void EndHolding()
    {
        _stateTimers?.Close();
        CancelAllWork();
    }
}
