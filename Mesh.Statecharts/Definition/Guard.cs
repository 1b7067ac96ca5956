namespace Mesh.Statecharts.Definition;

/// <summary>The general form of a guard.</summary>
internal delegate bool Guard<in TContext>(TContext context, IChart chart, object? payload);
