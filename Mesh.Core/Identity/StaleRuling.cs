namespace Mesh.Core.Identity;

/// <summary>What a node does when a peer calls its incarnation stale.</summary>
internal enum StaleRuling
{
    /// <summary>The peer's claim is not later than this run: nothing to do.</summary>
    Ignore,

    /// <summary>Continue with the next incarnation after the peer's.</summary>
    Continue,

    /// <summary>A day or more ahead: a wrong clock or a lie, for a person to decide.</summary>
    AskPerson,
}
