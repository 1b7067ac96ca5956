namespace Mesh.Statecharts.Definition;

/// <summary>Work that runs while a state is active; itself the owner of what comes of it.</summary>
internal sealed class StateWork<TContext>(
    Func<TContext, CancellationToken, Task> start,
    Func<Task, Event> told)
{
    /// <summary>Starts it.</summary>
    public Func<TContext, CancellationToken, Task> Start => start;

    /// <summary>What its end is told as.</summary>
    public Func<Task, Event> Told => told;
}
