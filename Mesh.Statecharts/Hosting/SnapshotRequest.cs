using Mesh.Statecharts.Snapshots;

namespace Mesh.Statecharts.Hosting;

/// <summary>Somebody who waits for a snapshot.</summary>
internal sealed class SnapshotRequest<TContext>(SnapshotCodec<TContext> codec, bool thenStop)
{
    private readonly TaskCompletionSource<byte[]> _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The snapshot.</summary>
    public Task<byte[]> Taken => _taken.Task;

    /// <summary>Takes it; what goes wrong is told to the one who waits.</summary>
    public void Take(Func<SnapshotCodec<TContext>, bool, byte[]> take)
    {
        try
        {
            _taken.SetResult(take(codec, thenStop));
        }
        catch (Exception exception)
        {
            _taken.SetException(exception);
        }
    }
}
