namespace Mesh.Statecharts.Definition;

/// <summary>How work is started and what its end is told as.</summary>
internal static class WorkCode
{
    /// <summary>Starts work; what it throws at once is a failure like any other.</summary>
    public static Task Start<TResult>(Func<CancellationToken, Task<TResult>> work, CancellationToken token)
    {
        try
        {
            return work(token);
        }
        catch (Exception exception)
        {
            return Task.FromException<TResult>(exception);
        }
    }

    /// <summary>The event of its end.</summary>
    public static Event Told<TResult>(Task ended, Signal<TResult> completed, Signal<Exception> failed) =>
        ended.IsCompletedSuccessfully
            ? completed.With(((Task<TResult>)ended).Result)
            : failed.With(ended.Exception?.InnerException ?? new TaskCanceledException(ended));
}
