namespace Mesh.Statecharts.Definition;

/// <summary>What a state does with an event that it has a transition for. Values are wire values.</summary>
public enum TransitionKind : byte
{
    /// <summary>Goes to a named target. The Samek way an ancestor of either end is not left; the SCXML way the
    /// transition is external: its source is left.</summary>
    Goto = 0,

    /// <summary>Handled where it is: nothing is left or entered.</summary>
    Hook = 1,

    /// <summary>Goes to a target that is chosen when it runs.</summary>
    Dynamic = 2,

    /// <summary>Runs its effect, then refuses the event (UNHANDLED): the parent is asked.</summary>
    Refuse = 3,

    /// <summary>Runs its effect, then does as if it had not caught the event (SUPER): the parent is asked.</summary>
    Pass = 4,

    /// <summary>Goes to targets inside of its source without leaving that; of <see cref="Profile.Scxml"/> only. It is
    /// external when the source has regions or a target lies elsewhere.</summary>
    Internal = 5,
}
