namespace Mesh.Statecharts.Definition;

/// <summary>The code of a chart: what the numbers of its definition run.</summary>
internal sealed record ChartCode<TContext>(
    StateCode<TContext>[] States,
    TransitionCode<TContext>[] Transitions,
    Signal[] Signals);
