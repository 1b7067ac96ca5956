namespace Mesh.Statecharts.Engine;

/// <summary>An event that a chart of the Scxml profile is to react to.</summary>
/// <param name="Signal">What happened.</param>
/// <param name="Payload">What it carries.</param>
/// <param name="Number">The number that records tell it by; -1 when nothing is recorded.</param>
/// <param name="Column">Where its transitions are found; -1 when there are none.</param>
/// <param name="Origin">Where it came from.</param>
/// <param name="SendId">The id of the send that made it, or that failed.</param>
internal readonly record struct InternalEvent(
    Signal Signal,
    object? Payload,
    int Number,
    int Column,
    EventOrigin Origin,
    string? SendId);
