using Mesh.Statecharts.Definition;

namespace Mesh.Statecharts.Engine;

/// <summary>One exit, entry or init that runs code.</summary>
/// <param name="Code">The code.</param>
/// <param name="Place">Its <see cref="CallPlace"/>, the ordinal counted from the begin of the plan.</param>
internal readonly record struct PlanStep<TContext>(EffectCode<TContext> Code, int Place);
