using System.Text;

namespace Mesh.Statecharts.Definition;

/// <summary>The checks of content that canonical bytes cannot hold: what is missing, too much, or no text.</summary>
internal static class ChartDataChecks
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, true);

    /// <summary>The first fault, or nothing.</summary>
    public static string? FindFault(ChartDefinitionData data)
    {
        if (data.States is null || data.Transitions is null || data.Signals is null || data.Version is null
            || data.InitialTargets is null)
        {
            return "a list of the definition is missing";
        }

        return ChartChecks.FindSizeFault(data.States.Count, data.Transitions.Count, data.Signals.Count)
            ?? (FindTextFault(data.Version) is { } fault ? $"the version {fault}" : null)
            ?? FindStateFault(data)
            ?? FindSignalFault(data)
            ?? FindTransitionFault(data)
            ?? (data.Profile == Profile.Scxml ? null : FindScxmlThing(data));
    }

    // What the canonical form of the Samek profile has no place for.
    private static string? FindScxmlThing(ChartDefinitionData data)
    {
        var state = data.States.FirstOrDefault(each => each.MoreInitialTargets.Count != 0);
        var transition = data.Transitions.FirstOrDefault(each =>
            (each.MoreSignals.Count | each.MoreTargets.Count) != 0);
        return data.InitialTargets.Count != 0 ? "it names initial states, which belong to the Scxml profile"
            : state is not null ? $"state '{state.Name}' has more than one initial target, as the Scxml profile allows"
            : transition is not null ? $"a transition of state {transition.Source} belongs to the Scxml profile"
            : null;
    }

    private static string? FindStateFault(ChartDefinitionData data)
    {
        for (var number = 0; number < data.States.Count; number++)
        {
            var state = data.States[number];
            if (state is null || state.MoreInitialTargets is null)
            {
                return $"state {number} is missing, or a list of it";
            }

            if (FindNameFault(state.Name) is { } fault)
            {
                return $"state {number} {fault}";
            }
        }

        return null;
    }

    private static string? FindSignalFault(ChartDefinitionData data)
    {
        for (var number = 0; number < data.Signals.Count; number++)
        {
            var signal = data.Signals[number];
            if (signal is null)
            {
                return $"signal {number} is missing";
            }

            if (FindNameFault(signal.Name) is { } fault)
            {
                return $"signal {number} {fault}";
            }

            if (FindTextFault(signal.Payload) is { } payloadFault)
            {
                return $"the payload name of signal '{signal.Name}' {payloadFault}";
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

            if ((FindTextFault(transition.Guard) ?? FindTextFault(transition.Effect)) is { } fault)
            {
                return $"a guard or an effect of transition {number} {fault}";
            }
        }

        return null;
    }

    private static string? FindNameFault(string? name) =>
        string.IsNullOrEmpty(name) ? "has no name" : FindTextFault(name);

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
