namespace Mesh.Core.Foreign;

/// <summary>A telling that waits: small, because a frame may make thousands of them wait.</summary>
/// <param name="Kind">What it is; the step of a step or a trace waits among the <see cref="HeldSteps"/>.</param>
/// <param name="Hsm">The chart that it is about.</param>
/// <param name="More">A copy of the notes of a step, or what is missing.</param>
internal readonly record struct HeldTelling(TellingKind Kind, ForeignHsm? Hsm, object? More);
