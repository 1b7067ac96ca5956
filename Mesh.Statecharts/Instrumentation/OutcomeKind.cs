namespace Mesh.Statecharts.Instrumentation;

/// <summary>What became of an event. Values are wire values.</summary>
public enum OutcomeKind : byte
{
    /// <summary>Nobody caught it.</summary>
    Ignored = 0,

    /// <summary>A state handled it without going anywhere.</summary>
    Hook = 1,

    /// <summary>A transition of the definition was taken; in a fault: it, or its guard, was at work.</summary>
    Transition = 2,

    /// <summary>A state went to a target that was chosen at run time.</summary>
    Dynamic = 3,

    /// <summary>It was no event but the start.</summary>
    Start = 4,
}
