namespace Mesh.Statecharts.Definition;

/// <summary>One signal that a chart reacts to, as data.</summary>
/// <param name="Name">What spy and trace print; unique in the chart.</param>
/// <param name="Payload">What the type of its payload is called; <see langword="null"/> when it is not typed.</param>
public sealed record SignalDefinition(string Name, string? Payload = null);
