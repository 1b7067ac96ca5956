namespace Mesh.Statecharts.Hosting;

/// <summary>Work that was started and whose end was not told yet.</summary>
internal sealed class RunningWork(string owner, int state, Func<Task, Event> told)
{
    /// <summary>Stands for work that a state declares, whose exit cancels it.</summary>
    public const int Declared = -2;

    /// <summary>The name by which what comes of it is taken back.</summary>
    public string Owner => owner;

    /// <summary>The state whose leaving cancels it; top for work that ends with the chart; or
    /// <see cref="Declared"/>.</summary>
    public int State => state;

    /// <summary>What its end is told as.</summary>
    public Func<Task, Event> Told => told;

    /// <summary>Cancels it.</summary>
    public CancellationTokenSource Source { get; } = new();

    /// <summary>The signal of its failure, for work that cannot be started anew after a restore.</summary>
    public string FailedSignal { get; init; } = "";

    /// <summary>Which call of the running step started it; -1 for an earlier step.</summary>
    public int StartedAt { get; set; } = -1;

    /// <summary>Whether its result waits in the queue.</summary>
    public bool IsDone { get; set; }
}
