using Mesh.Statecharts;
using Mesh.Statecharts.Hosting;
using Mesh.Tests.Statecharts.Snapshots;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Hosting;

/// <summary>Whoever waits for the end of an active object, or for its snapshot, gets an answer.</summary>
public sealed class ActiveObjectEndTests
{
    private static readonly Signal Count = new("COUNT");
    private static readonly Signal Wait = new("WAIT");
    private static readonly DelegateCodec<Counter> Codec = new(_ => "", (_, _) => { });

    private static readonly Chart<Counter> Counting = Chart.Define<Counter>("counting", c => c.State("s")
        .On(Count).Do(counter => counter.Value++).Handled()
        .On(Wait).Do(counter => counter.Pass()).Handled());

    [Test, CancelAfter(10_000)]
    public async Task DisposeAsync_Ends_WhenTheChartWasStoppedOrDisposedOfBeforeItStarted(
        [Values] bool isDisposed, CancellationToken cancellationToken)
    {
        var active = Made();
        if (isDisposed)
        {
            await active.DisposeAsync();
        }
        else
        {
            active.Stop();
        }

        await active.DisposeAsync().AsTask().WaitAsync(cancellationToken);

        Assert.That(active.Status, Is.EqualTo(ChartStatus.Stopped));
    }

    [Test, CancelAfter(10_000)]
    public async Task WhenIdleAsync_Ends_WhenTheChartIsStoppedBeforeItStarts(
        [Values] bool isWaiting, CancellationToken cancellationToken)
    {
        var active = Made();
        active.PostFifo(Count);
        var before = isWaiting ? active.WhenIdleAsync(cancellationToken) : Task.CompletedTask;
        var wasWaiting = !before.IsCompleted;
        active.Stop();

        await before;
        await active.WhenIdleAsync(cancellationToken);

        Assert.That((wasWaiting, active.Context.Value), Is.EqualTo((isWaiting, 0)));
    }

    [Test, CancelAfter(10_000)]
    public async Task SnapshotAsync_Fails_WhenTheChartWasStoppedBeforeItStarted(CancellationToken cancellationToken)
    {
        var active = Made();
        active.Stop();

        var waiting = Snapshot(active, cancellationToken);

        await Assert.ThatAsync(
            () => waiting.WaitAsync(cancellationToken), Throws.InstanceOf<InvalidOperationException>()
                .And.Not.InstanceOf<OperationCanceledException>());
    }

    [Test, CancelAfter(10_000)]
    public async Task SnapshotAsync_LeavesTheChartRunning_WhenItIsCancelledBeforeItIsTaken(
        CancellationToken cancellationToken)
    {
        using var source = new CancellationTokenSource();
        await using var active = Made();
        active.Start();
        active.PostFifo(Wait);
        active.PostFifo(Count);

        await active.Context.Entered.Task.WaitAsync(cancellationToken);
        var cancelled = Snapshot(active, source.Token);
        await source.CancelAsync();
        active.Context.Gate.Set();
        await active.WhenIdleAsync(cancellationToken);

        Assert.That(cancelled.IsCanceled);
        Assert.That((active.Status, active.Context.Value), Is.EqualTo((ChartStatus.Running, 1)));
    }

    [Test, CancelAfter(10_000)]
    public async Task SnapshotAsync_IsNotTaken_WhenItsTokenIsCancelledAlready(CancellationToken cancellationToken)
    {
        await using var active = Made();
        active.Start();

        var cancelled = Snapshot(active, new CancellationToken(canceled: true));
        await active.WhenIdleAsync(cancellationToken);

        Assert.That((cancelled.IsCanceled, active.Status), Is.EqualTo((true, ChartStatus.Running)));
    }

    // The codec of the snapshot is where a cancel comes too late.
    [Test, CancelAfter(10_000)]
    public async Task SnapshotAsync_Ends_WhenItIsCancelledWhileItIsTaken(CancellationToken cancellationToken)
    {
        using var source = new CancellationTokenSource();
        var codec = new DelegateCodec<Counter>(
            _ =>
            {
                source.Cancel();
                return "";
            },
            (_, _) => { });
        await using var active = Made();
        active.Start();
        active.PostFifo(Wait);
        active.PostFifo(Count);
        await active.Context.Entered.Task.WaitAsync(cancellationToken);
        var waiting = active.SnapshotAsync(codec, thenStop: true, source.Token);
        active.Context.Gate.Set();

        var snapshot = await waiting.WaitAsync(cancellationToken);
        await using var restored = Made();
        var result = restored.Restore(snapshot, Codec);
        await restored.WhenIdleAsync(cancellationToken);

        Assert.That((active.Status, active.Context.Value), Is.EqualTo((ChartStatus.Stopped, 0)));
        Assert.That((result.IsRestored, restored.Context.Value), Is.EqualTo((true, 1)));
    }

    private static ActiveObject<Counter> Made() => new(Counting, new Counter(), new ManualTimeProvider());

    private static Task<byte[]> Snapshot(ActiveObject<Counter> active, CancellationToken cancellationToken) =>
        active.SnapshotAsync(Codec, thenStop: true, cancellationToken);

    private sealed class Counter
    {
        public int Value { get; set; }

        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ManualResetEventSlim Gate { get; } = new(initialState: false);

        public void Pass()
        {
            Entered.SetResult();
            Gate.Wait();
        }
    }
}
