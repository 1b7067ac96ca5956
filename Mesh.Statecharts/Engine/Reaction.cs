using Mesh.Statecharts.Definition;

namespace Mesh.Statecharts.Engine;

/// <summary>A transition ready to run: its code, and what is tried when it does not catch the event.</summary>
internal readonly struct Reaction<TContext>
{
    public TransitionCode<TContext> Code { get; init; }

    public TransitionKind Kind { get; init; }

    /// <summary>The state that has it.</summary>
    public int Source { get; init; }

    /// <summary>The transition to try when the guard refuses: the next of this state, else that of a state around it;
    /// or -1.</summary>
    public int Next { get; init; }

    /// <summary>The transition to try when this one does not keep the event: that of a state around; or -1.</summary>
    public int Outer { get; init; }

    /// <summary>Add the depth of the settled state to get the <see cref="CallPlace"/> at which the source is
    /// asked.</summary>
    public int AskedAtDepth0 { get; init; }
}
