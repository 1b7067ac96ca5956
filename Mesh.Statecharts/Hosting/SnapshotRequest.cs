using Mesh.Statecharts.Snapshots;

namespace Mesh.Statecharts.Hosting;

/// <summary>Somebody who waits for a snapshot. It is cancelled or taken, never both.</summary>
internal sealed class SnapshotRequest<TContext>
{
    private readonly SnapshotCodec<TContext> _codec;
    private readonly bool _thenStop;
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenRegistration _registration;
    private readonly TaskCompletionSource<byte[]> _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isDecided;

    /// <summary>Makes one that can be cancelled from now on.</summary>
    public SnapshotRequest(SnapshotCodec<TContext> codec, bool thenStop, CancellationToken cancellation)
    {
        _codec = codec;
        _thenStop = thenStop;
        _cancellation = cancellation;
        _registration = cancellation.UnsafeRegister(
            static request => ((SnapshotRequest<TContext>)request!).Cancel(), this);
    }

    /// <summary>The snapshot.</summary>
    public Task<byte[]> Taken => _taken.Task;

    /// <summary>Takes it unless it was cancelled; what goes wrong is told to the one who waits.</summary>
    public void Take(Func<SnapshotCodec<TContext>, bool, byte[]> take)
    {
        if (Interlocked.Exchange(ref _isDecided, 1) != 0)
        {
            return;
        }

        // Not waiting for a cancel that runs: it finds the decision made.
        _registration.Unregister();
        try
        {
            _taken.SetResult(take(_codec, _thenStop));
        }
        catch (Exception exception)
        {
            _taken.SetException(exception);
        }
    }

    private void Cancel()
    {
        if (Interlocked.Exchange(ref _isDecided, 1) == 0)
        {
            _taken.SetCanceled(_cancellation);
        }
    }
}
