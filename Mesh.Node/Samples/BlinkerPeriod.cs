namespace Mesh.Node.Samples;

/// <summary>How long a blinker stays on, and off.</summary>
/// <param name="Length">Longer than zero.</param>
internal sealed record BlinkerPeriod(TimeSpan Length);
