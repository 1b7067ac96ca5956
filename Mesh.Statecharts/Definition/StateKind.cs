namespace Mesh.Statecharts.Definition;

/// <summary>What sort of state a state is. Values are wire values; all but the first belong to
/// <see cref="Profile.Scxml"/>.</summary>
public enum StateKind : byte
{
    /// <summary>An ordinary state, with or without states inside; at most one of those is active at a time.</summary>
    Ordinary = 0,

    /// <summary>A state whose inner states, its regions, are all active while it is.</summary>
    Parallel = 1,

    /// <summary>A state in which the one around it is done; nothing lies in it and it reacts to nothing.</summary>
    Final = 2,

    /// <summary>No state to be in: stands for the inner state that its parent was left in.</summary>
    ShallowHistory = 3,

    /// <summary>No state to be in: stands for the innermost states that its parent was left in.</summary>
    DeepHistory = 4,
}
