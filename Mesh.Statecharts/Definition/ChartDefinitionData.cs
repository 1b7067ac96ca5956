namespace Mesh.Statecharts.Definition;

/// <summary>The plain content of a chart definition, unchecked: what a builder wrote or what came from a
/// peer.</summary>
public sealed record ChartDefinitionData
{
    /// <summary>The author's version of the chart; free text, may be empty.</summary>
    public string Version { get; init; } = "";

    /// <summary>Which meaning the chart has.</summary>
    public Profile Profile { get; init; }

    /// <summary>How its states answer what they refuse.</summary>
    public ChartStyle Style { get; init; }

    /// <summary>The states in which a chart of <see cref="Profile.Scxml"/> starts; empty for the first.</summary>
    public IReadOnlyList<int> InitialTargets { get; init; } = [];

    /// <summary>
    /// The states; the place in the list is the number. In <see cref="Profile.Scxml"/> the numbers are the document
    /// order: each state stands before those inside of it, and those before its next sibling.
    /// </summary>
    public required IReadOnlyList<StateDefinition> States { get; init; }

    /// <summary>The transitions; the place in the list is the number.</summary>
    public required IReadOnlyList<TransitionDefinition> Transitions { get; init; }

    /// <summary>The signals; the place in the list is the number.</summary>
    public required IReadOnlyList<SignalDefinition> Signals { get; init; }
}
