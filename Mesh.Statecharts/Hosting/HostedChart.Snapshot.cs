using System.Buffers;
using Mesh.Statecharts.Snapshots;

namespace Mesh.Statecharts.Hosting;

/// <content>Snapshots: what a running chart amounts to between two steps.</content>
public abstract partial class HostedChart<TContext>
{
    /// <summary>Takes a snapshot between two steps, on the thread that runs them.</summary>
    /// <exception cref="InvalidOperationException">The chart does not run, a handler of it runs, it has no queues, or
    /// the codec knows nothing of a payload.</exception>
    private protected byte[] TakeSnapshot(SnapshotCodec<TContext> codec, bool thenStop)
    {
        ArgumentNullException.ThrowIfNull(codec);
        if (_machine.Status != ChartStatus.Running || _handlerThread != 0)
        {
            throw new InvalidOperationException($"chart '{Name}' does not run, or a handler of it does");
        }

        var queues = RequireQueues();
        var context = new ArrayBufferWriter<byte>();
        codec.WriteContext(Context, context);
        byte[] snapshot = [];

        // Timers post while they hold their lock, so theirs come first; what they hold and what waits is then one.
        _timedPosts.Hold(() => RequireStateTimers().Hold(() =>
        {
            lock (_gate)
            {
                if (_isClosed)
                {
                    throw new InvalidOperationException($"chart '{Name}' was stopped");
                }

                snapshot = SnapshotForm.Write(
                    Capture(queues, codec) with { Context = context.WrittenSpan.ToArray() });
                if (thenStop)
                {
                    // What waits is in the snapshot; what comes from now on is refused.
                    queues.Clear();
                    Volatile.Write(ref _isClosed, true);
                }
            }
        }));
        if (thenStop)
        {
            EndAll();
        }

        return snapshot;
    }

    private ChartSnapshot Capture(EventQueues queues, SnapshotCodec<TContext> codec)
    {
        var content = queues.Capture();
        var writer = new SnapshotEvents<TContext>(_machine, SignalOf, codec);
        return new ChartSnapshot
        {
            Definition = SnapshotDefinition.Of(Definition),
            Name = Name,
            Active = _machine.ActiveStates,
            Memories = _machine.Memories,
            Waiting = [.. content.Waiting.Select(each => writer.Write(each, holder: null))],
            Deferred = [.. content.Deferred.Select(each => writer.Write(each, holder: null))],
            Held = [.. content.Held.Select(held => writer.Write(held.Event, held.Owner))],
            LastArrival = content.LastArrival,
            Posts = writer.Write(_timedPosts.Capture()),
            StateTimers = writer.Write(RequireStateTimers().Capture()),
            Subscriptions = [.. (_subscribed ?? []).Select(pair => new SnapshotSubscription(pair.Key, pair.Value))],
            Works = [.. (_works?.Values ?? Enumerable.Empty<RunningWork>())
                .Select(work => new SnapshotWork(work.Owner, work.State + 2, work.IsDone, work.FailedSignal))],
            LastWork = _lastWork,
            Context = [],
        };
    }

    /// <summary>Goes on from a snapshot instead of starting.</summary>
    /// <exception cref="InvalidOperationException">The chart was started or stopped before, or has no
    /// queues.</exception>
    private protected RestoreResult RestoreMachine(ReadOnlySpan<byte> bytes, SnapshotCodec<TContext> codec)
    {
        ArgumentNullException.ThrowIfNull(codec);
        RequireQueues();
        if (Volatile.Read(ref _isClosed) || _machine.Status != ChartStatus.Created)
        {
            throw new InvalidOperationException($"chart '{Name}' was started or stopped before");
        }

        var refusal = SnapshotForm.TryRead(bytes, out var snapshot);
        if (refusal != SnapshotRefusal.None)
        {
            return new RestoreResult(refusal, refusal == SnapshotRefusal.Damaged
                ? "the bytes are no snapshot, or were damaged" : "the form of the snapshot is not known here");
        }

        var plan = new RestorePlan<TContext>(_chart, _machine, SignalOf, codec);
        var result = plan.Prepare(snapshot!, Context, hasBus: _bus is not null);
        if (result.IsRestored)
        {
            Resume(snapshot!, plan);
        }

        return result;
    }

    private void Resume(ChartSnapshot snapshot, RestorePlan<TContext> plan)
    {
        if (!_isNamed)
        {
            Name = snapshot.Name;
        }

        lock (_gate)
        {
            _isStarting = true;
            _lastWork = snapshot.LastWork;
            RequireQueues().Restore(plan.Content);
            foreach (var work in plan.Works.Where(work => work.State != RunningWork.Declared))
            {
                (_works ??= new Dictionary<string, RunningWork>(StringComparer.Ordinal))[work.Owner] = work;
            }
        }

        _machine.Restore(snapshot.Active, snapshot.Memories, TimeProvider.GetTimestamp());
        AfterStep();
        foreach (var (signal, queue) in snapshot.Subscriptions)
        {
            Carry(new BusRequest(new Signal(signal), Signal: 0, IsPublication: false, (int)queue));
        }

        foreach (var timer in plan.StateTimers)
        {
            RequireStateTimers();
            _armed![timer.Posted.Signal.Name] = new TimedPostId(timer.Id);
        }

        RequireStateTimers().Restore(snapshot.StateTimers.LastId, plan.StateTimers);
        _timedPosts.Restore(snapshot.Posts.LastId, plan.Posts);
        ResumeWork(plan);
    }

    // Declared work begins anew. What a handler started is a closure that no snapshot holds: it is told as failed.
    private void ResumeWork(RestorePlan<TContext> plan)
    {
        if (plan.Works.Exists(work => work.State != RunningWork.Declared))
        {
            Watch();
        }

        foreach (var work in plan.Works.Where(work => work.State != RunningWork.Declared && !work.IsDone))
        {
            work.IsDone = true;
            var lost = new RestoredException("", "the work was running when the snapshot was taken");
            PostOwned(new Event(SignalOf(work.FailedSignal), lost), work.Owner);
        }

        foreach (var declared in plan.DeclaredWorks)
        {
            ((Engine.IChartInside)this).StartWork(
                declared.Owner, token => declared.Start(Context, token), declared.Told);
        }
    }
}
