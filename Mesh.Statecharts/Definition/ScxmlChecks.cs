namespace Mesh.Statecharts.Definition;

/// <summary>The static checks of <see cref="Profile.Scxml"/>, after those that hold for every chart.</summary>
internal static class ScxmlChecks
{
    /// <summary>The first fault, or nothing.</summary>
    public static string? FindFault(ChartDefinitionData data)
    {
        return FindOrderFault(data.States)
            ?? FindKindFault(data)
            ?? FindSignalFault(data.Signals)
            ?? FindTransitionFault(data)
            ?? FindInitialFault(data);
    }

    private static string? FindOrderFault(IReadOnlyList<StateDefinition> states)
    {
        for (var number = 0; number < states.Count; number++)
        {
            var state = states[number];
            if (state.Name.AsSpan().ContainsAny(" ,\t\r\n"))
            {
                return $"state '{state.Name}' has a name with a comma or a space";
            }

            // The state before this one, or one around that, has to be the parent.
            var before = number - 1;
            while (before >= 0 && before != state.Parent)
            {
                before = states[before].Parent ?? -1;
            }

            if (state.Parent is not null && before != state.Parent)
            {
                return $"state '{state.Name}' does not stand in document order";
            }
        }

        return null;
    }

    private static string? FindKindFault(ChartDefinitionData data)
    {
        var inner = new int[data.States.Count];
        foreach (var state in data.States.Where(state => !IsHistory(state.Kind)))
        {
            if (state.Parent is { } parent)
            {
                inner[parent]++;
            }
        }

        for (var number = 0; number < inner.Length; number++)
        {
            var state = data.States[number];
            var parentKind = state.Parent is { } parent ? data.States[parent].Kind : StateKind.Ordinary;
            var hasChild = number + 1 < inner.Length && data.States[number + 1].Parent == number;
            var fault = state.Kind switch
            {
                _ when state.Traits.HasFlag(StateTraits.DynamicInit) => "chooses the target of its init",
                _ when parentKind is StateKind.Final or StateKind.ShallowHistory or StateKind.DeepHistory =>
                    "lies in a final state or a history",
                StateKind.Parallel when inner[number] == 0 => "is parallel and has no state inside",
                StateKind.Parallel when state.InitialTarget is not null => "is parallel and has an initial state",
                StateKind.Final when parentKind == StateKind.Parallel => "is final and a region",
                StateKind.Ordinary when hasChild && inner[number] == 0 => "has a history and no state to remember",
                StateKind.ShallowHistory or StateKind.DeepHistory when state.Parent is null =>
                    "is a history of the whole chart",
                StateKind.ShallowHistory or StateKind.DeepHistory when state.Traits != StateTraits.None =>
                    "is a history and has handlers",
                _ => null,
            };
            if (fault is not null)
            {
                return $"state '{state.Name}' {fault}";
            }
        }

        return data.States.All(state => IsHistory(state.Kind)) ? "the chart has no state to be in" : null;
    }

    private static string? FindSignalFault(IReadOnlyList<SignalDefinition> signals)
    {
        foreach (var signal in signals)
        {
            var name = signal.Name;
            if (name != EventDescriptor.Any && (EventDescriptor.Normalise(name) != name || name.Contains("..")
                || name.StartsWith('.') || name.AsSpan().ContainsAny(" *\t\r\n")))
            {
                return $"signal '{name}' is no event descriptor";
            }
        }

        return null;
    }

    private static string? FindTransitionFault(ChartDefinitionData data)
    {
        var histories = new int[data.States.Count];
        foreach (var transition in data.Transitions)
        {
            var source = data.States[transition.Source];
            var isHistory = IsHistory(source.Kind);
            if (transition.Kind is not (TransitionKind.Goto or TransitionKind.Internal or TransitionKind.Hook))
            {
                return $"a transition of state '{source.Name}' is of a kind that belongs to the Samek profile";
            }

            if (source.Kind == StateKind.Final)
            {
                return $"state '{source.Name}' is final and has a transition";
            }

            if (isHistory && (transition.Signal != TransitionDefinition.Eventless || transition.Guard is not null
                || transition.Target is null || !AllInside(data, transition, source.Parent!.Value)))
            {
                return $"the default of history '{source.Name}' has a signal or guard, or leaves the parent";
            }

            histories[transition.Source] += isHistory ? 1 : 0;
            if (FindTargetFault(data, transition.Target, transition.MoreTargets) is { } fault)
            {
                return $"a transition of state '{source.Name}' {fault}";
            }
        }

        for (var number = 0; number < histories.Length; number++)
        {
            if (IsHistory(data.States[number].Kind) && histories[number] != 1)
            {
                return $"history '{data.States[number].Name}' has {histories[number]} defaults instead of one";
            }
        }

        return null;
    }

    private static string? FindInitialFault(ChartDefinitionData data)
    {
        foreach (var state in data.States)
        {
            if (FindTargetFault(data, state.InitialTarget, state.MoreInitialTargets) is { } fault)
            {
                return $"the init of state '{state.Name}' {fault}";
            }

            if (state.InitialTarget is null && state.MoreInitialTargets.Count != 0)
            {
                return $"the init of state '{state.Name}' has no first target";
            }
        }

        var initial = data.InitialTargets;
        if (initial.Any(target => (uint)target >= (uint)data.States.Count))
        {
            return "an initial state of the chart is unknown";
        }

        return initial.Count != 0 && FindTargetFault(data, initial[0], [.. initial.Skip(1)]) is { } startFault
            ? $"the start {startFault}" : null;
    }

    // Two targets must be able to be active together: below different regions of a parallel state, or one in another.
    private static string? FindTargetFault(ChartDefinitionData data, int? first, IReadOnlyList<int> more)
    {
        if (first is not { } target || more.Count == 0)
        {
            return null;
        }

        // Which inner state each state that is not parallel is entered by; -1 stands for the chart itself.
        var chosen = new Dictionary<int, int>();
        foreach (var each in more.Prepend(target))
        {
            for (var inner = each; inner >= 0;)
            {
                var outer = data.States[inner].Parent ?? -1;
                var isParallel = outer >= 0 && data.States[outer].Kind == StateKind.Parallel;
                if (!isParallel && !chosen.TryAdd(outer, inner) && chosen[outer] != inner)
                {
                    return $"goes to '{data.States[inner].Name}' and '{data.States[chosen[outer]].Name}', "
                        + "which are never active together";
                }

                inner = outer;
            }
        }

        return null;
    }

    private static bool AllInside(ChartDefinitionData data, TransitionDefinition transition, int outer) =>
        IsInside(data.States, transition.Target!.Value, outer)
            && transition.MoreTargets.All(target => IsInside(data.States, target, outer));

    private static bool IsInside(IReadOnlyList<StateDefinition> states, int state, int outer)
    {
        var around = states[state].Parent;
        while (around is { } number && number != outer)
        {
            around = states[number].Parent;
        }

        return around == outer;
    }

    private static bool IsHistory(StateKind kind) => kind is StateKind.ShallowHistory or StateKind.DeepHistory;
}
