namespace Mesh.Statecharts.Engine;

/// <summary>What is queued in place of a payload when the number of the signal does not tell everything.</summary>
internal sealed record PackedEvent(Signal Signal, object? Payload, string? SendId);
