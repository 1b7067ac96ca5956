using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Engine;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Statecharts.Hosting;

/// <content>What states hold while they are active: timers, deferred events, work.</content>
public abstract partial class HostedChart<TContext> : IChartInside
{
    private TimedPosts? _stateTimers;
    private Dictionary<Signal, TimedPostId>? _armed;
    private Dictionary<object, CancellationTokenSource>? _works;
    private long _arrival;

    void IChartInside.NoteReport(Report report) => _machine.NoteReport(report);

    void IChartInside.Arm(Signal timer, TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        RequireQueues();
        if (Volatile.Read(ref _isClosed))
        {
            return;
        }

        _stateTimers ??= new TimedPosts(TimeProvider, (fired, _, _) => PostOwned(fired, fired.Signal));
        _armed ??= [];
        var timing = duration > TimeSpan.Zero ? PostTiming.After(duration)
            : new PostTiming(TimeSpan.FromTicks(1), Times: 1, Deferred: false);
        _armed[timer] = _stateTimers.Add(timer, timing, isLifo: false);
    }

    void IChartInside.Disarm(Signal timer)
    {
        if (_armed is not null && _armed.Remove(timer, out var id))
        {
            _stateTimers!.Cancel(id);
            TakeBack(timer);
        }
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

    void IChartInside.StartWork(
        object owner,
        Func<CancellationToken, Task> work,
        Func<Task, Event> told)
    {
        RequireQueues();
        var source = new CancellationTokenSource();
        lock (_gate)
        {
            if (_isClosed)
            {
                source.Dispose();
                return;
            }

            (_works ??= [])[owner] = source;
        }

        // On the thread that completes the work. What it throws is told as an event, so nothing goes unobserved.
        _ = work(source.Token).ContinueWith(
            ended => EndWork(owner, source, ended, told),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    void IChartInside.CancelWork(object owner)
    {
        CancellationTokenSource? source = null;
        lock (_gate)
        {
            _works?.Remove(owner, out source);
        }

        Cancel(source);
        TakeBack(owner);
    }

    // What listens for the end runs on the thread pool, not among the handlers; what it throws is nobody's here.
    private static void Cancel(CancellationTokenSource? source) => source?.CancelAsync().ContinueWith(
        static ended => _ = ended.Exception,
        CancellationToken.None,
        TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);

    private void EndWork(
        object owner,
        CancellationTokenSource source,
        Task ended,
        Func<Task, Event> told)
    {
        var posted = told(ended);
        lock (_gate)
        {
            if (_works is null || !_works.TryGetValue(owner, out var current) || current != source)
            {
                return;
            }

            _works.Remove(owner);
        }

        PostOwned(posted, owner);
    }

    // These are few, by the definition of the chart, and must not be lost: a full queue takes them.
    private void PostOwned(Event posted, object owner)
    {
        bool mustSchedule;
        lock (_gate)
        {
            if (_isClosed || !Accepts(posted))
            {
                Interlocked.Increment(ref _droppedCount);
                return;
            }

            var signal = _machine.Resolve(posted);
            var payload = _machine.Pack(signal, posted, sendId: null);
            RequireQueues().Post(new QueuedEvent(signal, payload) { Owner = owner });
            mustSchedule = ClaimRunLocked();
        }

        ScheduleIf(mustSchedule);
    }

    private void TakeBack(object owner)
    {
        lock (_gate)
        {
            RequireQueues().TakeBack(owner);
        }
    }

    private void EndHolding()
    {
        _stateTimers?.Close();
        CancellationTokenSource[] sources;
        lock (_gate)
        {
            sources = [.. _works?.Values ?? Enumerable.Empty<CancellationTokenSource>()];
            _works?.Clear();
        }

        Array.ForEach(sources, Cancel);
    }
}
