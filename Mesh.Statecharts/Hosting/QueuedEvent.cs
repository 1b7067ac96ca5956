namespace Mesh.Statecharts.Hosting;

/// <summary>An event that waits, its signal already numbered.</summary>
internal readonly record struct QueuedEvent(int Signal, object? Payload);
