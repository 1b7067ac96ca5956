using System.Diagnostics;
using Mesh.Statecharts.Snapshots;

namespace Mesh.Statecharts.Hosting;

/// <summary>
/// Runs a chart on the caller's thread, step by step and always the same way: for tests, and for programs that have a
/// loop
/// of their own. With a manual clock, moving the clock fires timed posts into the queue, to be run when the caller
/// says so.
/// </summary>
/// <remarks>Posts may come from any thread; the members of this class are the caller's alone, one at a time.</remarks>
/// <typeparam name="TContext">The data that the handlers work on.</typeparam>
public sealed class ChartHost<TContext> : HostedChart<TContext>
{
    /// <summary>Makes a host of a chart that has not started.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="context">The data that the handlers work on.</param>
    /// <param name="timeProvider">Stamps the steps and fires the timed posts.</param>
    /// <param name="options">How it is hosted.</param>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public ChartHost(
        Chart<TContext> chart,
        TContext context,
        TimeProvider timeProvider,
        HostOptions? options = null)
        : base(chart, context, timeProvider, (options ?? new HostOptions()).Validated())
    {
    }

    /// <summary>Starts the chart.</summary>
    /// <param name="state">The name of a state; <see langword="null"/> for the chart's own start.</param>
    /// <exception cref="ArgumentException">The chart has no such state.</exception>
    /// <exception cref="InvalidOperationException">The chart was started or stopped before.</exception>
    public void Start(string? state = null) => StartMachine(state);

    /// <summary>Runs the event at the front of the queue to completion.</summary>
    /// <returns><see langword="false"/> when the queue is empty or the chart has ended or not started.</returns>
    public bool NextRtc()
    {
        if (Status != ChartStatus.Running || !TryTake(out var taken, out _))
        {
            return false;
        }

        RunStep(taken, TimeProvider.GetTimestamp());
        return true;
    }

    /// <summary>Runs everything in the queue, and what that posts, until nothing waits.</summary>
    /// <returns>How many events ran.</returns>
    public int CompleteCircuit()
    {
        var count = 0;
        while (NextRtc())
        {
            count++;
        }

        return count;
    }

    /// <summary>Runs one event straight away, past the queue if there is one.</summary>
    /// <param name="dispatched">The event.</param>
    /// <returns><see langword="false"/> when the chart has ended or not started.</returns>
    /// <exception cref="ArgumentException">The payload is not of the type that the signal carries in this
    /// chart.</exception>
    public bool Dispatch(Event dispatched)
    {
        if (Status != ChartStatus.Running)
        {
            return false;
        }

        RunStep(Number(dispatched), TimeProvider.GetTimestamp());
        return true;
    }

    /// <summary>Takes a snapshot of the running chart.</summary>
    /// <param name="codec">Writes the context and the payloads.</param>
    /// <param name="thenStop">Whether the chart stops with it: no event is in both, and none is lost.</param>
    /// <returns>The snapshot, for <see cref="Restore"/>.</returns>
    /// <exception cref="InvalidOperationException">The chart does not run, a handler of it runs, it has no queues, or
    /// the codec knows nothing of a payload.</exception>
    public byte[] Snapshot(SnapshotCodec<TContext> codec, bool thenStop = false) => TakeSnapshot(codec, thenStop);

    /// <summary>Goes on from a snapshot instead of starting: no handler runs. Timers go on with the time that remained;
    /// work of states begins anew, and work that handlers had started is told as failed. Events that were posted to
    /// this host before wait behind those of the snapshot.</summary>
    /// <param name="snapshot">Any bytes.</param>
    /// <param name="codec">Reads the context and the payloads.</param>
    /// <returns>Whether the chart runs on; if not, it can still be started or restored, except that the codec may
    /// have changed the context.</returns>
    /// <exception cref="InvalidOperationException">The chart was started or stopped before, or has no
    /// queues.</exception>
    public RestoreResult Restore(ReadOnlySpan<byte> snapshot, SnapshotCodec<TContext> codec) =>
        RestoreMachine(snapshot, codec);

    // The caller decides when events run.
    private protected override bool ClaimRunLocked() => false;

    private protected override void OnClosed()
    {
        // Nobody waits for it.
    }

    private protected override void Schedule() => throw new UnreachableException("the caller runs the chart");
}
