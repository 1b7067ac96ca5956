namespace Mesh.Statecharts.Hosting;

/// <summary>What is in the queues of a chart.</summary>
/// <param name="Waiting">The queue from its front.</param>
/// <param name="Deferred">What was deferred, oldest first.</param>
/// <param name="Held">What states hold, oldest first.</param>
/// <param name="LastArrival">How many events states have held so far.</param>
internal sealed record QueueContent(
    IReadOnlyList<QueuedEvent> Waiting,
    IReadOnlyList<QueuedEvent> Deferred,
    IReadOnlyList<HeldEvent> Held,
    long LastArrival);
