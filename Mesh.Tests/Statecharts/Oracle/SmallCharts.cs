namespace Mesh.Tests.Statecharts.Oracle;

/// <summary>Charts of one state, for the facts that need no more.</summary>
internal static class SmallCharts
{
    /// <summary>A state that transitions to itself on <c>A</c>.</summary>
    public static ChartSpec SelfTransition { get; } = OneState(new ReactionSpec { Then = "s1" });

    /// <summary>A state that scribbles on <c>A</c> many times in one step.</summary>
    public static ChartSpec Scribbler(int count) => OneState(new ReactionSpec
    {
        Do = [.. Enumerable.Range(1, count).Select(each => SpecAction.Parse($"scribble scribble {each}"))],
    });

    private static ChartSpec OneState(ReactionSpec reactionToA) => new()
    {
        Name = "chart",
        States =
        [
            new StateSpec
            {
                Name = "s1",
                Entry = ReactionSpec.Handled,
                Exit = ReactionSpec.Handled,
                On = new Dictionary<string, IReadOnlyList<ReactionSpec>> { ["A"] = [reactionToA] },
            },
        ],
    };
}
