namespace Mesh.Statecharts.Definition;

/// <summary>The canonical bytes of a definition; the layout is documented at <see cref="ChartDefinition"/>.</summary>
internal static class ChartCanonicalForm
{
    /// <summary>Writes the definition. Stops early once it is larger than any definition may be.</summary>
    public static void Write(ChartDefinitionData data, CanonicalWriter writer)
    {
        writer.ArrayHeader(6);
        writer.Text(data.Version);
        writer.Integer((int)data.Profile);
        writer.Integer((int)data.Style);
        WriteAll(data.States, writer, WriteState);
        WriteAll(data.Transitions, writer, WriteTransition);
        WriteAll(data.Signals, writer, WriteSignal);
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
        writer.Integer(transition.Source);
        writer.Integer(transition.Signal);
        writer.TextOrNil(transition.Guard);
        writer.TextOrNil(transition.Effect);
        writer.IntegerOrNil(transition.Target);
        writer.Integer((int)transition.Kind);
    }

    private static void WriteSignal(SignalDefinition signal, CanonicalWriter writer)
    {
        writer.ArrayHeader(2);
        writer.Text(signal.Name);
        writer.TextOrNil(signal.Payload);
    }
}
