namespace Mesh.Tests.Statecharts.Snapshots;

/// <summary>What a random chart that holds things works on.</summary>
internal sealed class HoldingContext
{
    private readonly SortedDictionary<string, TaskCompletionSource<string>> _works = new(StringComparer.Ordinal);

    public List<string> Log { get; } = [];

    public Task<string> Begin(string work)
    {
        _works[work] = new TaskCompletionSource<string>();
        return _works[work].Task;
    }

    /// <summary>Ends all work, also what was cancelled and must not be told.</summary>
    public void Finish()
    {
        foreach (var (name, work) in _works)
        {
            work.TrySetResult(name);
        }
    }
}
