using Mesh.Statecharts.Definition;

namespace Mesh.Statecharts;

/// <summary>A chart that can be run: a definition and the code of its handlers. Immutable; many may run it at a
/// time.</summary>
/// <typeparam name="TContext">The data that the handlers work on.</typeparam>
public sealed class Chart<TContext>
{
    internal Chart(string name, ChartDefinition definition, int startState, ChartCode<TContext> code)
    {
        Name = name;
        Definition = definition;
        Code = code;
        StartState = definition.States[startState].Name;
    }

    /// <summary>What error messages and listings call the chart.</summary>
    public string Name { get; }

    /// <summary>What the chart is, without its code.</summary>
    public ChartDefinition Definition { get; }

    /// <summary>Where it starts unless told otherwise at the start.</summary>
    public string StartState { get; }

    internal ChartCode<TContext> Code { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
