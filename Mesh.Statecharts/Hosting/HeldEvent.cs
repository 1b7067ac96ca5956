namespace Mesh.Statecharts.Hosting;

/// <summary>An event that a state put aside until it is left.</summary>
internal readonly record struct HeldEvent(QueuedEvent Event, string Owner);
