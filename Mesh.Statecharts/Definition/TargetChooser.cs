namespace Mesh.Statecharts.Definition;

/// <summary>The general form of code that names a target when it runs; nothing means no transition.</summary>
internal delegate string? TargetChooser<in TContext>(TContext context, IChart chart, object? payload);
