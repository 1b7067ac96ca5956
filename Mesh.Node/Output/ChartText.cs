using System.Text.Json;
using Mesh.Core.Foreign;
using Mesh.Statecharts.Definition;

namespace Mesh.Node.Output;

/// <summary>Prints what a chart consists of: its states, indented, each with its reactions; or a document.</summary>
internal static class ChartText
{
    private const string Indent = "  ";

    /// <summary>Prints it.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="hsm">The chart.</param>
    /// <param name="definition">What it is.</param>
    public static void Print(CommandOutput output, ForeignHsm hsm, ChartDefinition definition)
    {
        if (output.IsJson)
        {
            output.WriteJson("mesh.chart/1", json =>
            {
                json.WriteString("peer", hsm.PeerName);
                json.WriteString("chart", hsm.Name);
                json.WriteString("traceName", hsm.TraceName);
                json.WriteString("state", hsm.StateName);
                Write(json, definition);
            });
            return;
        }

        output.WriteLine($"{hsm}  (in its trace: {hsm.TraceName})");
        foreach (var line in Lines(definition, LeafNames.Of(hsm.StateName)))
        {
            output.WriteLine(line);
        }
    }

    /// <summary>The states as lines, the present ones marked with an asterisk.</summary>
    /// <param name="definition">What the chart is.</param>
    /// <param name="present">The names of the innermost present states.</param>
    internal static IEnumerable<string> Lines(ChartDefinition definition, params string[] present) =>
        Inner(definition, null, Indent, present);

    private static IEnumerable<string> Inner(ChartDefinition definition, int? parent, string indent, string[] present)
    {
        for (var number = 0; number < definition.States.Count; number++)
        {
            var state = definition.States[number];
            if (state.Parent != parent)
            {
                continue;
            }

            yield return $"{indent}{state.Name}{(present.Contains(state.Name) ? " *" : "")}";
            foreach (var line in Reactions(definition, number))
            {
                yield return $"{indent}{Indent}{line}";
            }

            foreach (var line in Inner(definition, number, indent + Indent, present))
            {
                yield return line;
            }
        }
    }

    private static IEnumerable<string> Reactions(ChartDefinition definition, int state)
    {
        if (InitText(definition, definition.States[state]) is { } init)
        {
            yield return $"(init) -> {init}";
        }

        foreach (var transition in definition.Transitions.Where(transition => transition.Source == state))
        {
            var guard = transition.Guard is null ? "" : $" [{transition.Guard}]";
            var effect = transition.Effect is null ? "" : $" / {transition.Effect}";
            var signal = SignalText(definition, transition);
            yield return $"{signal}{guard}{effect}{TargetText(definition, transition)}";
        }
    }

    private static string SignalText(ChartDefinition definition, TransitionDefinition transition) =>
        transition.Signal == TransitionDefinition.Eventless ? "(eventless)"
        : string.Join(' ', transition.MoreSignals.Prepend(transition.Signal).Select(
            signal => definition.Signals[signal].Name));

    private static string? InitText(ChartDefinition definition, StateDefinition state) =>
        state.InitialTarget is { } target ? definition.States[target].Name
        : state.Traits.HasFlag(StateTraits.DynamicInit) ? "(chosen at run time)"
        : null;

    private static string TargetText(ChartDefinition definition, TransitionDefinition transition) =>
        transition.Kind switch
        {
            TransitionKind.Goto or TransitionKind.Internal => " -> " + string.Join(
                ' ', transition.MoreTargets.Prepend(transition.Target!.Value).Select(
                    target => definition.States[target].Name)),
            TransitionKind.Dynamic => " -> (chosen at run time)",
            TransitionKind.Hook => "  (handled)",
            _ => "  (goes on to the parent)",
        };

    private static void Write(Utf8JsonWriter json, ChartDefinition definition)
    {
        json.WriteString("version", definition.Version);
        json.WriteString("hash", Convert.ToHexStringLower(definition.Hash.Span));
        json.WriteStartArray("states");
        foreach (var state in definition.States)
        {
            json.WriteStartObject();
            json.WriteString("name", state.Name);
            json.WriteString("parent", NameOf(definition, state.Parent));
            json.WriteString("init", NameOf(definition, state.InitialTarget));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("transitions");
        foreach (var transition in definition.Transitions)
        {
            json.WriteStartObject();
            json.WriteString("source", NameOf(definition, transition.Source));
            json.WriteString("signal", SignalText(definition, transition));
            json.WriteString("guard", transition.Guard);
            json.WriteString("effect", transition.Effect);
            json.WriteString("kind", JsonNamingPolicy.KebabCaseLower.ConvertName(transition.Kind.ToString()));
            json.WriteString("target", NameOf(definition, transition.Target));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStrings("signals", definition.Signals.Select(signal => signal.Name));
    }

    private static string? NameOf(ChartDefinition definition, int? state) =>
        state is { } number ? definition.States[number].Name : null;
}
