using Mesh.Statecharts.Snapshots;

namespace Mesh.Statecharts.Hosting;

/// <summary>
/// A chart with a mailbox that runs by itself: its events are run one after another on the thread pool, never two at a
/// time. An idle chart holds no thread; ten thousand in a process are fine.
/// </summary>
/// <remarks>
/// <code>
/// Created ──Start──▶ Running ──Stop──▶ Stopped
///                       └──handler throws──▶ Faulted
/// </code>
/// Posts are taken in every state before the end: what is posted before the start is run after it.
/// </remarks>
/// <typeparam name="TContext">The data that the handlers work on.</typeparam>
public sealed class ActiveObject<TContext> : HostedChart<TContext>, IThreadPoolWorkItem, IAsyncDisposable
{
    // After this many steps other work of the pool gets its turn.
    private const int MaxStepsPerTurn = 128;

    // With this many events waiting, as many steps share one reading of the clock, which costs more than a step.
    private const int BacklogPerStamp = 8;

    private TaskCompletionSource? _idle;
    private Queue<SnapshotRequest<TContext>>? _snapshots;
    private bool _isBusy = true;

    /// <summary>Makes an active object that has not started.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="context">The data that the handlers work on; theirs alone while the chart runs.</param>
    /// <param name="timeProvider">Stamps the steps and fires the timed posts.</param>
    /// <param name="options">How it is hosted.</param>
    /// <exception cref="ArgumentException">The options ask for a chart without queues.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public ActiveObject(
        Chart<TContext> chart,
        TContext context,
        TimeProvider timeProvider,
        HostOptions? options = null)
        : base(chart, context, timeProvider, (options ?? new HostOptions()).Validated())
    {
        if (!HasQueues)
        {
            throw new ArgumentException("an active object has queues", nameof(options));
        }
    }

    /// <summary>Starts the chart on the caller's thread; what was posted before then runs on the thread pool.</summary>
    /// <param name="state">The name of a state; <see langword="null"/> for the chart's own start.</param>
    /// <exception cref="ArgumentException">The chart has no such state.</exception>
    /// <exception cref="InvalidOperationException">The chart was started or stopped before.</exception>
    public void Start(string? state = null)
    {
        StartMachine(state);
        Schedule();
    }

    /// <summary>Takes a snapshot between two steps, before the events that wait. Not to be awaited by a handler of this
    /// chart.</summary>
    /// <param name="codec">Writes the context and the payloads, on the thread pool while no step runs.</param>
    /// <param name="thenStop">Whether the chart stops with it: no event is in both, and none is lost. What is posted
    /// later is refused.</param>
    /// <param name="cancellationToken">Takes the wish back as long as the snapshot is not being taken: the chart runs
    /// on, also with <paramref name="thenStop"/>. Later it has no say, and the task ends as if nothing had been
    /// cancelled.</param>
    /// <returns>The snapshot, for <see cref="Restore"/>. The task fails with an
    /// <see cref="InvalidOperationException"/> when the chart does not run, or the codec knows nothing of a
    /// payload.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled before it was taken.</exception>
    public Task<byte[]> SnapshotAsync(
        SnapshotCodec<TContext> codec, bool thenStop = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(codec);
        if (Status == ChartStatus.Created)
        {
            throw new InvalidOperationException($"chart '{Name}' was not started");
        }

        var request = new SnapshotRequest<TContext>(codec, thenStop, cancellationToken);
        bool mustSchedule;
        lock (Gate)
        {
            (_snapshots ??= new Queue<SnapshotRequest<TContext>>()).Enqueue(request);
            mustSchedule = ClaimRunLocked();
        }

        if (mustSchedule)
        {
            Schedule();
        }

        return request.Taken;
    }

    /// <summary>Goes on from a snapshot instead of starting: no handler runs. Timers go on with the time that remained;
    /// work of states begins anew, and work that handlers had started is told as failed. Events that were posted to
    /// this chart before wait behind those of the snapshot.</summary>
    /// <param name="snapshot">Any bytes.</param>
    /// <param name="codec">Reads the context and the payloads.</param>
    /// <returns>Whether the chart runs on; if not, it can still be started or restored, except that the codec may
    /// have changed the context.</returns>
    /// <exception cref="InvalidOperationException">The chart was started or stopped before.</exception>
    public RestoreResult Restore(ReadOnlySpan<byte> snapshot, SnapshotCodec<TContext> codec)
    {
        var result = RestoreMachine(snapshot, codec);
        if (result.IsRestored)
        {
            Schedule();
        }

        return result;
    }

    /// <summary>Waits until nothing is queued and no step runs. Timed posts that are still pending do not
    /// count.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that completes when the chart is idle, or has ended; not before it was started or
    /// stopped.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public Task WhenIdleAsync(CancellationToken cancellationToken = default)
    {
        lock (Gate)
        {
            if (!_isBusy)
            {
                return Task.CompletedTask;
            }

            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Stops the chart and waits for the step that is running, then for work that was cancelled, at most
    /// <see cref="HostOptions.WorkPatience"/>. Not to be awaited by a handler or by work of this chart.</summary>
    /// <returns>A task that completes when the chart runs no more.</returns>
    public async ValueTask DisposeAsync()
    {
        Stop();
        await WhenIdleAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            await WhenWorkEndsAsync(CancellationToken.None).WaitAsync(WorkPatience, TimeProvider)
                .ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // Work that does not heed its token is left alone; nothing of it is told any more.
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        for (var (steps, sharing, timestamp) = (0, 0, 0L); steps < MaxStepsPerTurn; steps++)
        {
            if (!TryTakeOrRest(out var taken, out var left))
            {
                return;
            }

            if (sharing == 0 || left < BacklogPerStamp)
            {
                timestamp = TimeProvider.GetTimestamp();
                sharing = BacklogPerStamp;
            }

            sharing--;
            RunStep(taken, timestamp);
        }

        Schedule();
    }

    private protected override bool ClaimRunLocked()
    {
        var mustSchedule = !_isBusy;
        _isBusy = true;
        return mustSchedule;
    }

    // A chart that never ran has nothing to finish; nobody would find it idle.
    private protected override void OnClosed()
    {
        TaskCompletionSource? idle;
        lock (Gate)
        {
            if (HasBegun)
            {
                return;
            }

            _isBusy = false;
            idle = _idle;
            _idle = null;
        }

        idle?.SetResult();
    }

    private protected override void Schedule() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    private bool TryTakeOrRest(out QueuedEvent taken, out int left)
    {
        TaskCompletionSource? idle;
        while (true)
        {
            SnapshotRequest<TContext>? request = null;
            lock (Gate)
            {
                if (_snapshots is null || !_snapshots.TryDequeue(out request))
                {
                    if (TryTakeLocked(out taken, out left))
                    {
                        return true;
                    }

                    _isBusy = false;
                    idle = _idle;
                    _idle = null;
                    break;
                }
            }

            request.Take(TakeSnapshot);
        }

        idle?.SetResult();
        return false;
    }
}
