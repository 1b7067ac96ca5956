using Mesh.Statecharts.Instrumentation;

namespace Mesh.Statecharts.Engine;

/// <summary>
/// What a signal does in a settled state when all code on the way needs the data alone: a transition, a hook, or
/// nothing. Most events of most charts run so.
/// </summary>
internal sealed class DirectPlan<TContext>
{
    /// <summary>What becomes of the event, unless the guard refuses.</summary>
    public required OutcomeKind Outcome { get; init; }

    /// <summary>The transition; -1 for nothing.</summary>
    public required int Transition { get; init; }

    /// <summary>What is recorded: the transition that is taken, or the state of a hook.</summary>
    public required int TransitionOrState { get; init; }

    /// <summary>The number of the state where it ends.</summary>
    public required int End { get; init; }

    /// <summary>What is asked first; null for nothing.</summary>
    public Func<TContext, bool>? Guard { get; init; }

    /// <summary>The <see cref="CallPlace"/> of the guard.</summary>
    public int AskedAt { get; init; }

    /// <summary>The transition to try when the guard refuses, or -1.</summary>
    public int Next { get; init; }

    /// <summary>What runs: effect, exits, entries and inits.</summary>
    public required DirectStep<TContext>[] Steps { get; init; }
}
