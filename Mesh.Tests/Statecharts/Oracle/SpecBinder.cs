using Mesh.Statecharts;
using Mesh.Statecharts.Definition;

namespace Mesh.Tests.Statecharts.Oracle;

/// <summary>Turns a <see cref="ChartSpec"/> into a real chart, by the public builder alone.</summary>
internal static class SpecBinder
{
    /// <summary>Builds the chart.</summary>
    public static Chart<BoundContext> Bind(ChartSpec spec) =>
        Chart.Define<BoundContext>(spec.Name ?? "unnamed", chart => Furnish(chart, spec));

    private static void Furnish(ChartBuilder<BoundContext> chart, ChartSpec spec)
    {
        chart.Style(spec.Style == SpecStyle.Flat ? ChartStyle.Flat : ChartStyle.Factory);

        // miros gives the first state of a factory chart that registers anything handlers for entry, exit and init.
        var first = spec.Style == SpecStyle.Factory ? spec.States.FirstOrDefault(each => each.HasHandlers()) : null;
        foreach (var state in spec.States)
        {
            Furnish(
                state.Parent is null ? chart.State(state.Name) : chart.State(state.Name, state.Parent),
                state == first ? WithDefaults(state) : state);
        }
    }

    private static StateSpec WithDefaults(StateSpec state) => state with
    {
        Entry = state.Entry ?? ReactionSpec.Handled,
        Exit = state.Exit ?? ReactionSpec.Handled,
        Init = state.Init ?? ReactionSpec.Handled,
    };

    private static void Furnish(StateBuilder<BoundContext> builder, StateSpec state)
    {
        if (state.Entry is { } entry)
        {
            builder.Entry((context, chart) => context.Run(entry.Do, chart, state.Name), ReportOf(entry));
        }

        if (state.Exit is { } exit)
        {
            builder.Exit((context, chart) => context.Run(exit.Do, chart, state.Name), ReportOf(exit));
        }

        if (state.Init is { } init)
        {
            FurnishInit(builder, state, init);
        }

        foreach (var (signal, reactions) in state.On)
        {
            foreach (var reaction in reactions)
            {
                React(builder.On(SpecSignals.Of(signal)), state, reaction);
            }
        }
    }

    private static void FurnishInit(StateBuilder<BoundContext> builder, StateSpec state, ReactionSpec init)
    {
        if (init.Slot() is { } slot)
        {
            builder.InitDynamic((context, chart) =>
            {
                if (!context.Memory.Slots.TryGetValue(slot, out var target))
                {
                    return null;
                }

                context.Run(init.Do, chart, state.Name);
                return target;
            });
        }
        else if (init.Then is { } target)
        {
            builder.Init(target, (context, chart) => context.Run(init.Do, chart, state.Name));
        }
        else
        {
            builder.Init((context, chart) => context.Run(init.Do, chart, state.Name), ReportOf(init));
        }
    }

    private static void React(TransitionBuilder<BoundContext> builder, StateSpec state, ReactionSpec reaction)
    {
        if (reaction.When is not null || reaction.Slot() is not null)
        {
            builder.When(context => context.Memory.Allows(reaction));
        }

        if (reaction.Do.Count > 0)
        {
            builder.Do((context, chart) => context.Run(reaction.Do, chart, state.Name));
        }

        if (reaction.Slot() is { } slot)
        {
            builder.GotoDynamic(context => context.Memory.Slots[slot]);
        }
        else if (reaction.Then is { } target)
        {
            builder.Goto(target);
        }
        else
        {
            End(builder, reaction.Report);
        }
    }

    private static void End(TransitionBuilder<BoundContext> builder, SpecReport report)
    {
        switch (report)
        {
            case SpecReport.Handled:
                builder.Handled();
                break;
            case SpecReport.Super:
                builder.Pass();
                break;
            default:
                builder.Refuse();
                break;
        }
    }

    private static Report ReportOf(ReactionSpec reaction) => reaction.Report switch
    {
        SpecReport.Handled => Report.Handled,
        SpecReport.Super => Report.Super,
        _ => Report.Unhandled,
    };
}
