using Mesh.Statecharts;
using Mesh.Statecharts.Definition;

namespace Mesh.Tests.Statecharts.Oracle;

/// <summary>Turns a <see cref="ChartSpec"/> into a chart whose states are methods.</summary>
internal static class MethodBinder
{
    /// <summary>Builds the chart; of the signals it names only those in the first half.</summary>
    public static Chart<BoundContext> Bind(ChartSpec spec) => Chart.Define<BoundContext>(spec.Name ?? "x", chart =>
    {
        chart.Style(spec.Style == SpecStyle.Flat ? ChartStyle.Flat : ChartStyle.Factory);
        var signals = spec.States.SelectMany(state => state.On.Keys).Distinct().ToList();
        chart.Signals([.. signals.Take(signals.Count / 2).Select(SpecSignals.Of)]);
        var first = spec.Style == SpecStyle.Factory ? spec.States.FirstOrDefault(each => each.HasHandlers()) : null;
        foreach (var state in spec.States)
        {
            StateAnswer Method(IChart running, BoundContext context, Event received) =>
                Answer(state, state == first, running, context, received);

            _ = state.Parent is null ? chart.State(state.Name, Method) : chart.State(state.Name, state.Parent, Method);
        }
    });

    private static StateAnswer Answer(
        StateSpec state, bool isFirst, IChart chart, BoundContext context, Event received)
    {
        var reactions = ReactionsTo(state, isFirst, received.Signal);
        if (reactions is null)
        {
            return StateAnswer.Super;
        }

        if (reactions.FirstOrDefault(context.Memory.Allows) is not { } reaction)
        {
            return StateAnswer.Unhandled;
        }

        context.Run(reaction.Do, chart, state.Name);
        if (reaction.Then is { } target)
        {
            return StateAnswer.Transition(reaction.Slot() is { } slot ? context.Memory.Slots[slot] : target);
        }

        return reaction.Report switch
        {
            SpecReport.Handled => StateAnswer.Handled,
            SpecReport.Super => StateAnswer.Super,
            _ => StateAnswer.Unhandled,
        };
    }

    private static IReadOnlyList<ReactionSpec>? ReactionsTo(StateSpec state, bool isFirst, Signal signal)
    {
        var inner = signal == StateSignals.Entry ? state.Entry
            : signal == StateSignals.Exit ? state.Exit
            : signal == StateSignals.Init ? state.Init
            : null;
        var isInner = signal == StateSignals.Entry || signal == StateSignals.Exit || signal == StateSignals.Init;
        return !isInner ? state.On.GetValueOrDefault(signal.Name)
            : inner is not null ? [inner]
            : isFirst ? [ReactionSpec.Handled]
            : null;
    }
}
