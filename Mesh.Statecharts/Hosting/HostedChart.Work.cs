using System.Globalization;
using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Engine;

namespace Mesh.Statecharts.Hosting;

/// <content>Work: tasks that run beside the chart and whose ends come back as events.</content>
public abstract partial class HostedChart<TContext>
{
    /// <summary>The most work that handlers may have started and whose results did not run yet.</summary>
    public const int MaxWorks = 500;

    private Dictionary<string, RunningWork>? _works;
    private TaskCompletionSource? _workEnd;
    private long _lastWork;
    private int _unfinishedWorks;
    private bool _isWatching;

    /// <inheritdoc/>
    public void StartWork<TResult>(
        Func<CancellationToken, Task<TResult>> work,
        Signal<TResult> completed,
        Signal<Exception> failed,
        string? state = null)
    {
        ArgumentNullException.ThrowIfNull(work);
        ArgumentNullException.ThrowIfNull(completed);
        ArgumentNullException.ThrowIfNull(failed);
        RequireQueues();
        if (!IsInHandler)
        {
            throw new InvalidOperationException($"no handler of chart '{Name}' is running here");
        }

        var owner = string.Create(CultureInfo.InvariantCulture, $"work {++_lastWork}");
        var running = new RunningWork(
            owner, _machine.WorkStateOf(state), ended => WorkCode.Told(ended, completed, failed))
        {
            FailedSignal = failed.Name,
            StartedAt = _machine.CallNumber,
        };
        Watch();
        Start(running, token => WorkCode.Start(work, token));
    }

    /// <summary>Waits until no work runs that states or handlers of this chart started, also none that was
    /// cancelled. What came of it may still wait in the queue.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that completes when the last of it has ended.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public Task WhenWorkEndsAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_unfinishedWorks == 0)
            {
                return Task.CompletedTask;
            }

            _workEnd ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _workEnd.Task.WaitAsync(cancellationToken);
        }
    }

    void IChartInside.StartWork(string owner, Func<CancellationToken, Task> work, Func<Task, Event> told) =>
        Start(new RunningWork(owner, RunningWork.Declared, told), work);

    void IChartInside.CancelWork(string owner)
    {
        RunningWork? cancelled = null;
        lock (_gate)
        {
            _works?.Remove(owner, out cancelled);
            RequireQueues().TakeBack(owner);
        }

        Cancel(cancelled);
    }

    // What listens for the end runs on the thread pool, not among the handlers; what it throws is nobody's here.
    private static void Cancel(RunningWork? work) => work?.Source.CancelAsync().ContinueWith(
        static ended => _ = ended.Exception,
        CancellationToken.None,
        TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);

    private void Start(RunningWork work, Func<CancellationToken, Task> start)
    {
        RequireQueues();
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            _works ??= new Dictionary<string, RunningWork>(StringComparer.Ordinal);
            if (work.State != RunningWork.Declared && _works.Count >= MaxWorks)
            {
                throw new InvalidOperationException($"{MaxWorks} pieces of work run");
            }

            _works[work.Owner] = work;
            _unfinishedWorks++;
        }

        // On the thread that completes the work. What it throws is told as an event, so nothing goes unobserved.
        _ = start(work.Source.Token).ContinueWith(
            ended => End(work, ended),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    private void End(RunningWork work, Task ended)
    {
        var posted = work.Told(ended);
        var mustSchedule = false;
        TaskCompletionSource? last = null;
        lock (_gate)
        {
            if (_works is not null && _works.TryGetValue(work.Owner, out var current) && current == work)
            {
                work.IsDone = true;
                if (work.State == RunningWork.Declared)
                {
                    _works.Remove(work.Owner);
                }

                mustSchedule = PostOwnedLocked(posted, work.Owner);
            }

            if (--_unfinishedWorks == 0)
            {
                last = _workEnd;
                _workEnd = null;
            }
        }

        ScheduleIf(mustSchedule);
        last?.SetResult();
    }

    // Which states a step leaves is asked only while there is work that handlers started for a state.
    private void Watch()
    {
        if (!_isWatching)
        {
            _isWatching = true;
            _machine.WatchExits(OnLeft);
        }
    }

    // When the result of work runs, nothing takes it back any more.
    private void BeginWatchedStep(string? owner)
    {
        if (owner is not null)
        {
            lock (_gate)
            {
                _works?.Remove(owner);
            }
        }

        if (_isWatching)
        {
            _machine.BeginWatchedStep();
        }
    }

    private void EndWatchedStep()
    {
        _machine.EndWatchedStep();
        var isWatching = false;
        lock (_gate)
        {
            if (_works is not null)
            {
                foreach (var work in _works.Values)
                {
                    work.StartedAt = -1;
                    isWatching |= work.State >= 0;
                }
            }
        }

        if (!isWatching)
        {
            _isWatching = false;
            _machine.WatchExits(null);
        }
    }

    private void OnLeft(int state, int place)
    {
        List<RunningWork> cancelled;
        lock (_gate)
        {
            cancelled = [.. (_works?.Values ?? Enumerable.Empty<RunningWork>())
                .Where(work => work.State == state && work.StartedAt <= place)];
            foreach (var work in cancelled)
            {
                _works!.Remove(work.Owner);
                RequireQueues().TakeBack(work.Owner);
            }
        }

        foreach (var work in cancelled.Where(work => !work.IsDone))
        {
            Cancel(work);
        }
    }

    private void CancelAllWork()
    {
        RunningWork[] works;
        lock (_gate)
        {
            works = [.. _works?.Values ?? Enumerable.Empty<RunningWork>()];
            _works?.Clear();
        }

        Array.ForEach(works, Cancel);
    }
}
