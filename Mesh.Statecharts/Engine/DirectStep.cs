namespace Mesh.Statecharts.Engine;

/// <summary>One piece of code of a <see cref="DirectPlan{TContext}"/>.</summary>
/// <param name="Code">The code.</param>
/// <param name="Place">Its <see cref="CallPlace"/>.</param>
internal readonly record struct DirectStep<TContext>(Action<TContext> Code, int Place);
