namespace Mesh.Statecharts.Definition;

/// <summary>A timer that runs while a state is active.</summary>
internal sealed record StateTimer<TContext>(Signal Signal, Func<TContext, IChart, TimeSpan> Duration);
