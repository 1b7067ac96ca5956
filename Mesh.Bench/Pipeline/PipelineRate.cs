namespace Mesh.Bench.Pipeline;

/// <summary>What a pipeline did in a while.</summary>
/// <param name="PerSecond">Steps, or messages, that came to be seen.</param>
/// <param name="PublisherNanoseconds">Processor time of the publisher for each.</param>
/// <param name="ViewerNanoseconds">Processor time of the first viewer for each.</param>
internal readonly record struct PipelineRate(
    double PerSecond, double PublisherNanoseconds, double ViewerNanoseconds);
