using Mesh.Statecharts.Definition;

namespace Mesh.Statecharts.Scxml;

/// <summary>Looks for rounds of transitions that need no event and always hold, so that a chart that comes there never
/// settles.</summary>
/// <remarks>Regions may end such a round for one another: states in them are passed over.</remarks>
/// <param name="file">The chart.</param>
/// <param name="dead">Transitions that are never taken.</param>
internal sealed class EndlessWays(ScxmlFile file, IReadOnlySet<TransitionNode> dead)
{
    private readonly Dictionary<StateNode, TransitionNode?> _sure = [];

    /// <summary>One transition of each round.</summary>
    public IEnumerable<TransitionNode> Find()
    {
        var seen = new HashSet<StateNode>();
        foreach (var start in file.States.Values.Where(IsAtomic))
        {
            var way = new HashSet<StateNode>();
            var state = start;
            while (state is not null && seen.Add(state))
            {
                way.Add(state);
                state = Next(state);
            }

            // Back where this way was before, and not where an earlier one was.
            if (state is not null && way.Contains(state))
            {
                yield return Sure(state)!;
            }
        }
    }

    private static bool IsAtomic(StateNode state) =>
        !state.IsHistory && state.Kind == StateKind.Ordinary && !state.Children.Exists(child => !child.IsHistory);

    // The innermost state that is surely entered next; nothing when that cannot be known or the state is settled.
    private StateNode? Next(StateNode state)
    {
        return Sure(state) is not { } transition ? null
            : transition.Targets is null ? state
            : transition.Targets.Names is [var target] ? InnermostOf(file.States[target]) : null;
    }

    private TransitionNode? Sure(StateNode state)
    {
        if (!_sure.TryGetValue(state, out var sure))
        {
            sure = IsInRegion(state) ? null : FirstWithoutEvent(state);
            sure = sure is not null && Conditions.Constant(sure.Condition) == true ? sure : null;
            _sure.Add(state, sure);
        }

        return sure;
    }

    private TransitionNode? FirstWithoutEvent(StateNode state)
    {
        for (var around = state; around is not null; around = around.Parent)
        {
            if (around.Transitions.Find(each => each.Events is null && !dead.Contains(each)) is { } first)
            {
                return first;
            }
        }

        return null;
    }

    private StateNode? InnermostOf(StateNode state)
    {
        while (!IsAtomic(state))
        {
            var inner = state.Kind != StateKind.Ordinary || state.IsHistory ? null
                : state.Initial is not { } initial ? state.Children.Find(child => !child.IsHistory)
                : initial.Names is [var name] ? file.States[name] : null;
            if (inner is null)
            {
                return null;
            }

            state = inner;
        }

        return state;
    }

    private static bool IsInRegion(StateNode state)
    {
        for (var around = state.Parent; around is not null; around = around.Parent)
        {
            if (around.Kind == StateKind.Parallel)
            {
                return true;
            }
        }

        return false;
    }
}
