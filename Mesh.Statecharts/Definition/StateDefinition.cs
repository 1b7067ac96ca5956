namespace Mesh.Statecharts.Definition;

/// <summary>One state of a chart, as data.</summary>
/// <param name="Name">What spy and trace print; unique in the chart.</param>
public sealed record StateDefinition(string Name)
{
    /// <summary>The number of the state around it; <see langword="null"/> when that is <c>top</c>.</summary>
    public int? Parent { get; init; }

    /// <summary>What sort of state it is.</summary>
    public StateKind Kind { get; init; }

    /// <summary>What it answers to its entry.</summary>
    public Report Entry { get; init; } = Report.Super;

    /// <summary>What it answers to its exit; after <see cref="Report.Handled"/> it is asked for its parent.</summary>
    public Report Exit { get; init; } = Report.Super;

    /// <summary>What it answers to its init when the init takes no transition.</summary>
    public Report Init { get; init; } = Report.Super;

    /// <summary>The number of the state inside it that its init goes to; <see langword="null"/> when there is
    /// none.</summary>
    public int? InitialTarget { get; init; }

    /// <summary>The further states that its init goes to; of <see cref="Profile.Scxml"/> only.</summary>
    public IReadOnlyList<int> MoreInitialTargets { get; init; } = [];

    /// <summary>Further facts.</summary>
    public StateTraits Traits { get; init; }
}
