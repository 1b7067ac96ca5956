using Mesh.Statecharts.Definition;

namespace Mesh.Statecharts.Scxml;

/// <summary>Finds what is wrong with a file beyond its single elements, where it stands.</summary>
internal static class TreeChecks
{
    /// <summary>Checks names and targets.</summary>
    /// <returns>The states by their names, the chart itself not included.</returns>
    /// <exception cref="ScxmlException">Something is wrong.</exception>
    public static Dictionary<string, StateNode> Check(ScxmlTree tree)
    {
        var states = new Dictionary<string, StateNode>(StringComparer.Ordinal);
        foreach (var state in tree.Root.All.Skip(1))
        {
            if (states.Count == ChartLimits.MaxStates)
            {
                throw new ScxmlException($"more than {ChartLimits.MaxStates} states", state.Position);
            }

            if (!states.TryAdd(state.Id, state))
            {
                throw new ScxmlException($"state '{state.Id}' is there twice", state.Position);
            }
        }

        var variables = new HashSet<string>(StringComparer.Ordinal);
        foreach (var state in tree.Root.All)
        {
            CheckTargets(state, states);
            foreach (var data in state.Data)
            {
                if (!variables.Add(data.Name))
                {
                    throw new ScxmlException($"variable '{data.Name}' is there twice", data.Position);
                }
            }
        }

        return states;
    }

    private static void CheckTargets(StateNode state, Dictionary<string, StateNode> states)
    {
        foreach (var transition in state.Transitions)
        {
            foreach (var (name, position) in transition.Targets?.Entries ?? [])
            {
                var target = Find(name, position, states);
                if (state.IsHistory && !target.IsInside(state.Parent!))
                {
                    throw new ScxmlException(
                        $"'{name}' does not lie in '{state.Parent!.Id}', the state of the history", position);
                }

                if (state.IsHistory && target.IsHistory && target.Parent == state.Parent)
                {
                    throw new ScxmlException(
                        $"the default of history '{state.Id}' leads to a history of the same state", position);
                }
            }
        }

        foreach (var (name, position) in state.Initial?.Entries ?? [])
        {
            if (!Find(name, position, states).IsInside(state))
            {
                throw new ScxmlException($"the initial state '{name}' does not lie in '{state.Id}'", position);
            }
        }
    }

    private static StateNode Find(string name, TextPosition position, Dictionary<string, StateNode> states)
    {
        return states.TryGetValue(name, out var state) ? state
            : throw new ScxmlException($"there is no state '{name}'", position);
    }
}
