namespace Mesh.Tests.Statecharts.Oracle;

/// <summary>One state of a <see cref="ChartSpec"/>.</summary>
internal sealed record StateSpec
{
    /// <summary>The name of the state, unique in its chart.</summary>
    public required string Name { get; init; }

    /// <summary>The superstate; null when nothing but <c>top</c> holds it.</summary>
    public string? Parent { get; init; }

    /// <summary>The entry handler; null when the state has none.</summary>
    public ReactionSpec? Entry { get; init; }

    /// <summary>The exit handler; null when the state has none.</summary>
    public ReactionSpec? Exit { get; init; }

    /// <summary>The init handler; null when the state has none.</summary>
    public ReactionSpec? Init { get; init; }

    /// <summary>The reactions to each signal, tried in order; when none applies the signal is refused.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ReactionSpec>> On { get; init; } =
        new Dictionary<string, IReadOnlyList<ReactionSpec>>();

    /// <summary>Whether the state has any handler at all.</summary>
    public bool HasHandlers() => Entry is not null || Exit is not null || Init is not null || On.Count > 0;
}
