using Mesh.Statecharts.Definition;

namespace Mesh.Statecharts.Instrumentation;

/// <summary>Names for the signals and states that a running chart met beyond its definition.</summary>
/// <param name="definition">The chart.</param>
public sealed class ChartNames(ChartDefinition definition)
{
    /// <summary>Signals that no state of the chart reacts to.</summary>
    public NameTable Signals { get; } = new(definition.Signals.Count);

    /// <summary>States that the definition does not list; none for charts made by the builder.</summary>
    public NameTable States { get; } = new(definition.States.Count);
}
