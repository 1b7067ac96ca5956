namespace Mesh.Statecharts.Definition;

/// <summary>One reaction of one state to one signal, as data. Those of one state and signal are tried in their
/// order.</summary>
/// <param name="Source">The number of the state that has it.</param>
/// <param name="Signal">The number of the signal that it reacts to; <see cref="Eventless"/> for none.</param>
public sealed record TransitionDefinition(int Source, int Signal)
{
    /// <summary>The signal of a transition that is taken without an event; of <see cref="Profile.Scxml"/>
    /// only.</summary>
    public const int Eventless = -1;

    /// <summary>The further signals that it reacts to; of <see cref="Profile.Scxml"/> only.</summary>
    public IReadOnlyList<int> MoreSignals { get; init; } = [];

    /// <summary>What the guard is called; <see langword="null"/> when it is unguarded.</summary>
    public string? Guard { get; init; }

    /// <summary>What the effect is called; <see langword="null"/> when it runs no code.</summary>
    public string? Effect { get; init; }

    /// <summary>The number of the state that it goes to; set for <see cref="TransitionKind.Goto"/> and
    /// <see cref="TransitionKind.Internal"/> alone.</summary>
    public int? Target { get; init; }

    /// <summary>The further states that it goes to; of <see cref="Profile.Scxml"/> only.</summary>
    public IReadOnlyList<int> MoreTargets { get; init; } = [];

    /// <summary>What it does.</summary>
    public TransitionKind Kind { get; init; }
}
