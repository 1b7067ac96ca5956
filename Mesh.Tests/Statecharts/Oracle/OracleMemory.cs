namespace Mesh.Tests.Statecharts.Oracle;

/// <summary>What a chart remembers besides its state.</summary>
internal sealed class OracleMemory
{
    /// <summary>The variables that were ever set; all others are 0.</summary>
    public Dictionary<string, int> Variables { get; } = [];

    /// <summary>The remembered states by the name of their slot.</summary>
    public Dictionary<string, string> Slots { get; } = [];

    /// <summary>Whether a reaction applies: its guard passes, and its slot, if it has one, holds a state.</summary>
    public bool Allows(ReactionSpec reaction) =>
        (reaction.When is not { } guard || guard.Allows(Variables.GetValueOrDefault(guard.Variable)))
        && (reaction.Slot() is not { } slot || Slots.ContainsKey(slot));
}
