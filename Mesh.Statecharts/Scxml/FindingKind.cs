namespace Mesh.Statecharts.Scxml;

/// <summary>What sort of mistake a <see cref="ChartFinding"/> is.</summary>
public enum FindingKind
{
    /// <summary>No way leads to a state.</summary>
    UnreachableState,

    /// <summary>A transition that can never be taken.</summary>
    DeadTransition,

    /// <summary>Two transitions may both be taken, and only their order decides.</summary>
    Nondeterminism,

    /// <summary>A final state is missing that something waits for.</summary>
    MissingFinal,

    /// <summary>An event is made that nothing reacts to.</summary>
    UnusedSignal,

    /// <summary>A variable or state is named that is not there.</summary>
    UnknownName,

    /// <summary>Transitions that need no event lead round for ever.</summary>
    NeverSettles,
}
