namespace Mesh.Bench.Objects;

/// <summary>Tells when as many as take part have come to the end of a round.</summary>
internal sealed class RoundEnd
{
    private TaskCompletionSource _end = new();
    private int _left;

    /// <summary>Begins a round.</summary>
    /// <param name="count">How many take part.</param>
    /// <returns>Completes when each has counted down.</returns>
    public Task Begin(int count)
    {
        _end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _left, count);
        return _end.Task;
    }

    /// <summary>One has come to its end.</summary>
    public void CountDown()
    {
        if (Interlocked.Decrement(ref _left) == 0)
        {
            _end.SetResult();
        }
    }
}
