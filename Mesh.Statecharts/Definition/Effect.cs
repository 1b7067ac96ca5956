namespace Mesh.Statecharts.Definition;

/// <summary>The general form of code that a handler runs.</summary>
internal delegate void Effect<in TContext>(TContext context, IChart chart, object? payload);
