namespace Mesh.Statecharts.Definition;

/// <summary>The canonical bytes of a definition; the layout is documented at <see cref="ChartDefinition"/>.</summary>
internal static class ChartCanonicalForm
{
    /// <summary>Writes the definition. Stops early once it is larger than any definition may be.</summary>
    public static void Write(ChartDefinitionData data, CanonicalWriter writer)
    {
        var isScxml = data.Profile == Profile.Scxml;
        writer.ArrayHeader(isScxml ? 7 : 6);
        writer.Text(data.Version);
        writer.Integer((int)data.Profile);
        writer.Integer((int)data.Style);
        WriteAll(data.States, writer, isScxml ? WriteScxmlState : WriteState);
        WriteAll(data.Transitions, writer, isScxml ? WriteScxmlTransition : WriteTransition);
        WriteAll(data.Signals, writer, WriteSignal);
        if (isScxml)
        {
            WriteNumbers(data.InitialTargets, writer);
        }
    }

    private static void WriteAll<T>(IReadOnlyList<T> items, CanonicalWriter writer, Action<T, CanonicalWriter> write)
    {
        writer.ArrayHeader(items.Count);
        foreach (var item in items)
        {
            if (writer.Length > ChartLimits.MaxCanonicalBytes)
            {
                return;
            }

            write(item, writer);
        }
    }

    private static void WriteState(StateDefinition state, CanonicalWriter writer)
    {
        writer.ArrayHeader(8);
        WriteStateFields(state, writer);
    }

    private static void WriteScxmlState(StateDefinition state, CanonicalWriter writer)
    {
        writer.ArrayHeader(9);
        WriteStateFields(state, writer);
        WriteNumbers(state.MoreInitialTargets, writer);
    }

    private static void WriteStateFields(StateDefinition state, CanonicalWriter writer)
    {
        writer.Text(state.Name);
        writer.IntegerOrNil(state.Parent);
        writer.Integer((int)state.Kind);
        writer.Integer((int)state.Entry);
        writer.Integer((int)state.Exit);
        writer.Integer((int)state.Init);
        writer.IntegerOrNil(state.InitialTarget);
        writer.Integer((int)state.Traits);
    }

    private static void WriteTransition(TransitionDefinition transition, CanonicalWriter writer)
    {
        writer.ArrayHeader(6);
        WriteTransitionFields(transition, writer);
    }

    private static void WriteScxmlTransition(TransitionDefinition transition, CanonicalWriter writer)
    {
        writer.ArrayHeader(8);
        WriteTransitionFields(transition, writer);
        WriteNumbers(transition.MoreSignals, writer);
        WriteNumbers(transition.MoreTargets, writer);
    }

    private static void WriteTransitionFields(TransitionDefinition transition, CanonicalWriter writer)
    {
        writer.Integer(transition.Source);
        writer.IntegerOrNil(transition.Signal == TransitionDefinition.Eventless ? null : transition.Signal);
        writer.TextOrNil(transition.Guard);
        writer.TextOrNil(transition.Effect);
        writer.IntegerOrNil(transition.Target);
        writer.Integer((int)transition.Kind);
    }

    private static void WriteNumbers(IReadOnlyList<int> numbers, CanonicalWriter writer)
    {
        writer.ArrayHeader(numbers.Count);
        foreach (var number in numbers)
        {
            writer.Integer(number);
        }
    }

    private static void WriteSignal(SignalDefinition signal, CanonicalWriter writer)
    {
        writer.ArrayHeader(2);
        writer.Text(signal.Name);
        writer.TextOrNil(signal.Payload);
    }
}
