using System.Runtime.CompilerServices;

namespace Mesh.Statecharts.Instrumentation;

/// <summary>What became of an event, with the numbers that belong to it; -1 where a number does not apply.</summary>
public readonly record struct StepOutcome
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private StepOutcome(OutcomeKind kind, int transition, int state, int target)
    {
        Kind = kind;
        Transition = transition;
        State = state;
        Target = target;
    }

    /// <summary>Nobody caught it.</summary>
    public static StepOutcome Ignored => new(OutcomeKind.Ignored, -1, -1, -1);

    /// <summary>What became of it.</summary>
    public OutcomeKind Kind { get; }

    /// <summary>The number of the transition, for <see cref="OutcomeKind.Transition"/>.</summary>
    public int Transition { get; }

    /// <summary>The number of the state that caught the event (hook, dynamic) or in which the chart starts
    /// (start).</summary>
    public int State { get; }

    /// <summary>The number of the chosen target, for <see cref="OutcomeKind.Dynamic"/>.</summary>
    public int Target { get; }

    /// <summary>A transition of the definition.</summary>
    /// <param name="transition">Its number.</param>
    /// <returns>The outcome.</returns>
    public static StepOutcome OfTransition(int transition) => new(OutcomeKind.Transition, transition, -1, -1);

    /// <summary>An event that was handled where it was caught.</summary>
    /// <param name="state">The number of the state that caught it.</param>
    /// <returns>The outcome.</returns>
    public static StepOutcome OfHook(int state) => new(OutcomeKind.Hook, -1, state, -1);

    /// <summary>A transition whose target was chosen when it happened.</summary>
    /// <param name="state">The number of the state that caught the event.</param>
    /// <param name="target">The number of the target.</param>
    /// <returns>The outcome.</returns>
    public static StepOutcome OfDynamic(int state, int target) => new(OutcomeKind.Dynamic, -1, state, target);

    /// <summary>The start of the chart.</summary>
    /// <param name="state">The number of the state that it was started at.</param>
    /// <returns>The outcome.</returns>
    public static StepOutcome OfStart(int state) => new(OutcomeKind.Start, -1, state, -1);
}
