namespace Mesh.Statecharts.Definition;

/// <summary>Work that runs while a state is active.</summary>
internal sealed class StateWork<TContext>(
    string owner,
    Func<TContext, CancellationToken, Task> start,
    Func<Task, Event> told)
{
    /// <summary>What it is called in its chart, as the owner of what comes of it.</summary>
    public string Owner => owner;

    /// <summary>Starts it.</summary>
    public Func<TContext, CancellationToken, Task> Start => start;

    /// <summary>What its end is told as.</summary>
    public Func<Task, Event> Told => told;
}
