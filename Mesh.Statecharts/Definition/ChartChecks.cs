using System.Text;

namespace Mesh.Statecharts.Definition;

/// <summary>The static checks of a definition, the same for a builder's and a peer's; each answers a refusal or
/// nothing.</summary>
internal static class ChartChecks
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, true);

    /// <summary>The checks that need no copy: sizes and missing lists.</summary>
    public static string? FindSizeFault(ChartDefinitionData data)
    {
        if (data.States is null || data.Transitions is null || data.Signals is null || data.Version is null
            || data.InitialTargets is null)
        {
            return "a list of the definition is missing";
        }

        return data.States.Count switch
        {
            0 => "the chart has no state",
            > ChartLimits.MaxStates => $"{data.States.Count} states are more than {ChartLimits.MaxStates}",
            _ when data.Transitions.Count > ChartLimits.MaxTransitions =>
                $"{data.Transitions.Count} transitions are more than {ChartLimits.MaxTransitions}",
            _ when data.Signals.Count > ChartLimits.MaxSignals =>
                $"{data.Signals.Count} signals are more than {ChartLimits.MaxSignals}",
            _ => null,
        };
    }

    /// <summary>All other checks.</summary>
    public static string? FindFault(ChartDefinitionData data)
    {
        if (!Enum.IsDefined(data.Profile))
        {
            return $"profile {(int)data.Profile} is not known";
        }

        if (!Enum.IsDefined(data.Style))
        {
            return $"style {(int)data.Style} is not known";
        }

        return FindVersionFault(data.Version)
            ?? FindStateFault(data)
            ?? FindNestingFault(data.States)
            ?? FindInitFault(data.States)
            ?? FindSignalFault(data.Signals)
            ?? FindTransitionFault(data)
            ?? (data.Profile == Profile.Scxml ? ScxmlChecks.FindFault(data) : FindScxmlThing(data));
    }

    // What the Samek profile has no meaning for.
    private static string? FindScxmlThing(ChartDefinitionData data)
    {
        var state = data.States.FirstOrDefault(each => each.Kind != StateKind.Ordinary
            || each.MoreInitialTargets.Count != 0);
        var transition = data.Transitions.FirstOrDefault(each => each.Signal == TransitionDefinition.Eventless
            || each.Kind == TransitionKind.Internal || (each.MoreSignals.Count | each.MoreTargets.Count) != 0);
        return data.InitialTargets.Count != 0 ? "it names initial states, which belong to the Scxml profile"
            : state is not null ? $"state '{state.Name}' is of a kind that belongs to the Scxml profile"
            : transition is not null
                ? $"a transition of state '{data.States[transition.Source].Name}' belongs to the Scxml profile"
                : null;
    }

    private static string? FindVersionFault(string version) =>
        FindTextFault(version) is { } fault ? $"the version {fault}" : null;

    private static string? FindStateFault(ChartDefinitionData data)
    {
        var names = new HashSet<string>(data.States.Count, StringComparer.Ordinal);
        for (var number = 0; number < data.States.Count; number++)
        {
            var state = data.States[number];
            if (state is null)
            {
                return $"state {number} is missing";
            }

            var fault = FindNameFault(state.Name, "state", number);
            if (fault is not null)
            {
                return fault;
            }

            if (state.Name == "top" || !names.Add(state.Name))
            {
                return state.Name == "top" ? "a state is called 'top', the name of what is around all states"
                    : $"state '{state.Name}' is there twice";
            }

            if (!Enum.IsDefined(state.Kind) || !Enum.IsDefined(state.Entry) || !Enum.IsDefined(state.Exit)
                || !Enum.IsDefined(state.Init) || (uint)state.Traits > 15 || state.MoreInitialTargets is null)
            {
                return $"state '{state.Name}' has a kind, report or trait that is not known";
            }

            if (state.Parent is { } parent && (uint)parent >= (uint)data.States.Count)
            {
                return $"state '{state.Name}' has an unknown parent, {parent}";
            }

            if (state.Parent == number)
            {
                return $"state '{state.Name}' is its own parent";
            }
        }

        return null;
    }

    private static string? FindNestingFault(IReadOnlyList<StateDefinition> states)
    {
        foreach (var state in states)
        {
            var depth = 1;
            for (var outer = state.Parent; outer is { } number; outer = states[number].Parent)
            {
                if (ReferenceEquals(states[number], state))
                {
                    return $"state '{state.Name}' lies in itself by way of its parents";
                }

                depth++;
                if (depth > ChartLimits.MaxDepth)
                {
                    // Either truly this deep or below a cycle that another state names; both are refused.
                    return $"state '{state.Name}' lies deeper than {ChartLimits.MaxDepth} or in a cycle of parents";
                }
            }
        }

        return null;
    }

    private static string? FindInitFault(IReadOnlyList<StateDefinition> states)
    {
        for (var number = 0; number < states.Count; number++)
        {
            var state = states[number];
            if (state.InitialTarget is not { } target)
            {
                continue;
            }

            if (state.Traits.HasFlag(StateTraits.DynamicInit))
            {
                return $"the init of state '{state.Name}' has both a fixed and a dynamic target";
            }

            var fault = FindInitFault(states, number, target);
            for (var index = 0; fault is null && index < state.MoreInitialTargets.Count; index++)
            {
                fault = FindInitFault(states, number, state.MoreInitialTargets[index]);
            }

            if (fault is not null)
            {
                return fault;
            }
        }

        return null;
    }

    private static string? FindInitFault(IReadOnlyList<StateDefinition> states, int number, int target)
    {
        if ((uint)target >= (uint)states.Count)
        {
            return $"the init of state '{states[number].Name}' goes to an unknown state, {target}";
        }

        var outer = states[target].Parent;
        while (outer is { } inside && inside != number)
        {
            outer = states[inside].Parent;
        }

        return outer is null
            ? $"the init of state '{states[number].Name}' leaves it: '{states[target].Name}' is not inside"
            : null;
    }

    private static string? FindSignalFault(IReadOnlyList<SignalDefinition> signals)
    {
        var names = new HashSet<string>(signals.Count, StringComparer.Ordinal);
        for (var number = 0; number < signals.Count; number++)
        {
            var signal = signals[number];
            if (signal is null)
            {
                return $"signal {number} is missing";
            }

            if (FindNameFault(signal.Name, "signal", number) is { } fault)
            {
                return fault;
            }

            if (FindTextFault(signal.Payload) is { } payloadFault)
            {
                return $"the payload name of signal '{signal.Name}' {payloadFault}";
            }

            if (InnerSignals.Contains(signal.Name) || !names.Add(signal.Name))
            {
                return InnerSignals.Contains(signal.Name) ? $"signal '{signal.Name}' has the name of an inner signal"
                    : $"signal '{signal.Name}' is there twice";
            }
        }

        return null;
    }

    private static string? FindTransitionFault(ChartDefinitionData data)
    {
        for (var number = 0; number < data.Transitions.Count; number++)
        {
            var transition = data.Transitions[number];
            if (transition is null || transition.MoreSignals is null || transition.MoreTargets is null)
            {
                return $"transition {number} or a list of it is missing";
            }

            if ((uint)transition.Source >= (uint)data.States.Count)
            {
                return $"transition {number} starts at an unknown state, {transition.Source}";
            }

            var source = data.States[transition.Source].Name;
            var isEventless = transition.Signal == TransitionDefinition.Eventless;
            if (FindUnknown(transition.Signal, isEventless, transition.MoreSignals, data.Signals.Count) is { } signal)
            {
                return $"transition {number} of state '{source}' has an unknown signal, {signal}";
            }

            var hasTarget = transition.Target is not null;
            var needsTarget = transition.Kind is TransitionKind.Goto or TransitionKind.Internal;
            if (!Enum.IsDefined(transition.Kind) || hasTarget != needsTarget)
            {
                return $"transition {number} of state '{source}' has an unknown kind or a target that does not suit it";
            }

            var first = transition.Target ?? 0;
            if (FindUnknown(first, !hasTarget, transition.MoreTargets, data.States.Count) is { } target)
            {
                return $"transition {number} of state '{source}' goes to an unknown state, {target}";
            }

            if (FindTextFault(transition.Guard) is { } guardFault)
            {
                return $"a guard of state '{source}' {guardFault}";
            }

            if (FindTextFault(transition.Effect) is { } effectFault)
            {
                return $"an effect of state '{source}' {effectFault}";
            }
        }

        return null;
    }

    // Without a first number there may be no more; its value then stands for the fault.
    private static int? FindUnknown(int first, bool isNone, IReadOnlyList<int> more, int count)
    {
        if (isNone ? more.Count != 0 : (uint)first >= (uint)count)
        {
            return first;
        }

        foreach (var number in more)
        {
            if ((uint)number >= (uint)count)
            {
                return number;
            }
        }

        return null;
    }

    private static string? FindNameFault(string? name, string what, int number) =>
        string.IsNullOrEmpty(name) ? $"{what} {number} has no name"
        : FindTextFault(name) is { } fault ? $"{what} {number} {fault}" : null;

    // The rest of a sentence, so that nothing is said where nothing is wrong: a chart has tens of thousands of texts.
    private static string? FindTextFault(string? text)
    {
        try
        {
            return text is null || (text.Length <= ChartLimits.MaxNameBytes
                && StrictUtf8.GetByteCount(text) <= ChartLimits.MaxNameBytes)
                ? null : $"has a name of more than {ChartLimits.MaxNameBytes} bytes";
        }
        catch (EncoderFallbackException)
        {
            return "has a name that is not Unicode";
        }
    }
}
