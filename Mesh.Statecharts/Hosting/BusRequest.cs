namespace Mesh.Statecharts.Hosting;

/// <summary>A wish to subscribe or publish, which waits in the queue of its own chart while that has not
/// started.</summary>
/// <param name="Subject">The signal, or the event to publish.</param>
/// <param name="Signal">Its number.</param>
/// <param name="IsPublication">Which of the two it is.</param>
/// <param name="Detail">The priority of a publication, the <see cref="QueueType"/> of a subscription.</param>
internal sealed record BusRequest(Event Subject, int Signal, bool IsPublication, int Detail);
