namespace Mesh.Tests.Statecharts.Oracle;

/// <summary>Offers smaller cases: fewer events, fewer states, fewer reactions, fewer actions.</summary>
internal static class CaseShrinker
{
    /// <summary>All cases that are one step smaller, the biggest steps first.</summary>
    public static IEnumerable<ChartCase> Smaller(ChartCase chartCase) =>
        ShorterScripts(chartCase.Script).Select(script => chartCase with { Script = script })
            .Concat(FewerStates(chartCase))
            .Concat(PlainerStates(chartCase.Chart).Select(chart => chartCase with { Chart = chart }));

    // The line that starts the chart stays.
    private static IEnumerable<IReadOnlyList<string>> ShorterScripts(IReadOnlyList<string> script)
    {
        for (var length = (script.Count - 1) / 2; length > 0; length /= 2)
        {
            for (var from = 0; from + length <= script.Count; from += length)
            {
                if (script.Skip(from).Take(length).Any(line => line.StartsWith("start ", StringComparison.Ordinal)))
                {
                    continue;
                }

                yield return [.. script.Take(from), .. script.Skip(from + length)];
            }
        }
    }

    private static IEnumerable<ChartCase> FewerStates(ChartCase chartCase)
    {
        foreach (var gone in chartCase.Chart.States)
        {
            var name = gone.Name;
            if (chartCase.Script.Contains($"start {name}"))
            {
                continue;
            }

            var states = chartCase.Chart.States.Where(state => state.Name != name)
                .Select(state => Without(state, name, gone.Parent));
            yield return chartCase with { Chart = chartCase.Chart with { States = [.. states] } };
        }
    }

    // The substates of the state that goes become those of its parent; what led to it leads nowhere.
    private static StateSpec Without(StateSpec state, string name, string? parent) => state with
    {
        Parent = state.Parent == name ? parent : state.Parent,
        Init = state.Init?.Then == name ? null : state.Init,
        On = state.On.ToDictionary(
            pair => pair.Key,
            pair => (IReadOnlyList<ReactionSpec>)[.. pair.Value.Where(reaction => reaction.Then != name)])
            .Where(pair => pair.Value.Count > 0).ToDictionary(),
    };

    private static IEnumerable<ChartSpec> PlainerStates(ChartSpec chart)
    {
        for (var index = 0; index < chart.States.Count; index++)
        {
            foreach (var plainer in Plainer(chart.States[index]))
            {
                var states = chart.States.ToArray();
                states[index] = plainer;
                yield return chart with { States = states };
            }
        }
    }

    private static IEnumerable<StateSpec> Plainer(StateSpec state)
    {
        foreach (var signal in state.On.Keys)
        {
            yield return state with { On = state.On.Where(pair => pair.Key != signal).ToDictionary() };

            foreach (var plainer in PlainerLists(state.On[signal]))
            {
                var reactions = state.On.ToDictionary();
                reactions[signal] = plainer;
                yield return state with { On = reactions };
            }
        }

        foreach (var plainer in PlainerHandlers(state.Entry))
        {
            yield return state with { Entry = plainer };
        }

        foreach (var plainer in PlainerHandlers(state.Exit))
        {
            yield return state with { Exit = plainer };
        }

        foreach (var plainer in PlainerHandlers(state.Init))
        {
            yield return state with { Init = plainer };
        }
    }

    private static IEnumerable<IReadOnlyList<ReactionSpec>> PlainerLists(IReadOnlyList<ReactionSpec> reactions)
    {
        for (var index = 0; index < reactions.Count; index++)
        {
            if (reactions.Count > 1)
            {
                yield return [.. reactions.Take(index), .. reactions.Skip(index + 1)];
            }

            foreach (var plainer in PlainerReactions(reactions[index]))
            {
                yield return [.. reactions.Take(index), plainer, .. reactions.Skip(index + 1)];
            }
        }
    }

    private static IEnumerable<ReactionSpec?> PlainerHandlers(ReactionSpec? handler) =>
        handler is null ? [] : PlainerReactions(handler).Prepend<ReactionSpec?>(null);

    private static IEnumerable<ReactionSpec> PlainerReactions(ReactionSpec reaction)
    {
        if (reaction.When is not null)
        {
            yield return reaction with { When = null };
        }

        for (var index = 0; index < reaction.Do.Count; index++)
        {
            yield return reaction with { Do = [.. reaction.Do.Take(index), .. reaction.Do.Skip(index + 1)] };
        }

        if (reaction.Then is null && reaction.Report != SpecReport.Handled)
        {
            yield return reaction with { Report = SpecReport.Handled };
        }
    }
}
