namespace Mesh.Tests.Node;

/// <summary>An input on which nothing ever arrives, like a terminal that nobody types on.</summary>
internal sealed class BlockedStream : MemoryStream
{
    private readonly TaskCompletionSource _readStarted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when somebody waits for input.</summary>
    public Task ReadStarted => _readStarted.Task;

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _readStarted.TrySetResult();
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        return 0;
    }
}
