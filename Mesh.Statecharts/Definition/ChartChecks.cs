using System.Text;

namespace Mesh.Statecharts.Definition;

/// <summary>The static checks of a definition, the same for a builder's and a peer's; each answers a refusal or
/// nothing. They look at the canonical bytes and allocate a few bytes for each state.</summary>
internal static class ChartChecks
{
    private const int AllTraits = 15;

    /// <summary>The checks of how many items there are.</summary>
    public static string? FindSizeFault(int states, int transitions, int signals) => states switch
    {
        0 => "the chart has no state",
        > ChartLimits.MaxStates => $"{states} states are more than {ChartLimits.MaxStates}",
        _ when transitions > ChartLimits.MaxTransitions =>
            $"{transitions} transitions are more than {ChartLimits.MaxTransitions}",
        _ when signals > ChartLimits.MaxSignals => $"{signals} signals are more than {ChartLimits.MaxSignals}",
        _ => null,
    };

    /// <summary>All checks.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="tree">How its states lie in one another, when nothing is wrong.</param>
    public static string? FindFault(PackedChart chart, out ChartTree? tree)
    {
        tree = null;
        if ((uint)chart.Profile > (uint)Profile.Scxml)
        {
            return $"profile {chart.Profile} is not known";
        }

        if ((uint)chart.Style > (uint)ChartStyle.Factory)
        {
            return $"style {chart.Style} is not known";
        }

        var fault = FindSizeFault(chart.StateCount, chart.TransitionCount, chart.SignalCount)
            ?? FindStateFault(chart)
            ?? ChartTree.FindFault(chart, out tree);
        if (fault is not null)
        {
            return fault;
        }

        var isScxml = (Profile)chart.Profile == Profile.Scxml;
        return (isScxml ? ScxmlChecks.FindOrderFault(chart, tree!) : null)
            ?? FindInitFault(chart, tree!)
            ?? FindSignalFault(chart)
            ?? FindTransitionFault(chart, isScxml)
            ?? (isScxml ? new ScxmlChecks(chart, tree!).FindFault() : FindScxmlState(chart));
    }

    // What the Samek profile has no meaning for.
    private static string? FindScxmlState(PackedChart chart)
    {
        for (var number = 0; number < chart.StateCount; number++)
        {
            if (chart.State(number).Kind != (int)StateKind.Ordinary)
            {
                return $"state '{chart.TextOf(number)}' is of a kind that belongs to the Scxml profile";
            }
        }

        return null;
    }

    private static string? FindStateFault(PackedChart chart)
    {
        for (var number = 0; number < chart.StateCount; number++)
        {
            var state = chart.State(number);
            if (state.Name.IsEmpty)
            {
                return $"state {number} has no name";
            }

            if (state.Name.SequenceEqual("top"u8))
            {
                return "a state is called 'top', the name of what is around all states";
            }

            if ((uint)state.Kind > (uint)StateKind.DeepHistory || !IsReport(state.Entry) || !IsReport(state.Exit)
                || !IsReport(state.Init) || (uint)state.Traits > AllTraits)
            {
                return $"state '{chart.TextOf(number)}' has a kind, report or trait that is not known";
            }

            if (state.Parent is { } parent && (uint)parent >= (uint)chart.StateCount)
            {
                return $"state '{chart.TextOf(number)}' has an unknown parent, {parent}";
            }

            if (state.Parent == number)
            {
                return $"state '{chart.TextOf(number)}' is its own parent";
            }
        }

        return chart.FindStateTwice() is { } twice
            ? $"state '{chart.TextOf(twice)}' is there twice" : null;
    }

    private static bool IsReport(int report) => (uint)report <= (uint)Report.Unhandled;

    private static string? FindInitFault(PackedChart chart, ChartTree tree)
    {
        for (var number = 0; number < chart.StateCount; number++)
        {
            var state = chart.State(number);
            if (state.InitialTarget is not { } target)
            {
                continue;
            }

            if ((state.Traits & (int)StateTraits.DynamicInit) != 0)
            {
                return $"the init of state '{chart.TextOf(number)}' has both a fixed and a dynamic target";
            }

            var fault = FindInitFault(chart, tree, number, target);
            foreach (var more in state.MoreInitialTargets)
            {
                fault ??= FindInitFault(chart, tree, number, more);
            }

            if (fault is not null)
            {
                return fault;
            }
        }

        return null;
    }

    private static string? FindInitFault(PackedChart chart, ChartTree tree, int number, int target)
    {
        return (uint)target >= (uint)chart.StateCount
            ? $"the init of state '{chart.TextOf(number)}' goes to an unknown state, {target}"
            : target == number || !tree.IsInside(target, number)
                ? $"the init of state '{chart.TextOf(number)}' leaves it: '{chart.TextOf(target)}' is not inside"
                : null;
    }

    private static string? FindSignalFault(PackedChart chart)
    {
        for (var number = 0; number < chart.SignalCount; number++)
        {
            var name = chart.SignalNameOf(number);
            if (name.IsEmpty)
            {
                return $"signal {number} has no name";
            }

            if (InnerSignals.Contains(name))
            {
                return $"signal '{Encoding.UTF8.GetString(name)}' has the name of an inner signal";
            }
        }

        return chart.FindSignalTwice() is { } twice
            ? $"signal '{Encoding.UTF8.GetString(chart.SignalNameOf(twice))}' is there twice" : null;
    }

    private static string? FindTransitionFault(PackedChart chart, bool isScxml)
    {
        for (var number = 0; number < chart.TransitionCount; number++)
        {
            var transition = chart.Transition(number);
            if ((uint)transition.Source >= (uint)chart.StateCount)
            {
                return $"transition {number} starts at an unknown state, {transition.Source}";
            }

            if (FindUnknown(transition.Signal, transition.MoreSignals, chart.SignalCount) is { } signal)
            {
                return $"transition {number} of state '{chart.TextOf(transition.Source)}' has an unknown signal, "
                    + $"{signal}";
            }

            var kind = (TransitionKind)transition.Kind;
            var needsTarget = kind is TransitionKind.Goto or TransitionKind.Internal;
            if ((uint)transition.Kind > (uint)TransitionKind.Internal || transition.Target is not null != needsTarget)
            {
                return $"transition {number} of state '{chart.TextOf(transition.Source)}' has an unknown kind or a "
                    + "target that does not suit it";
            }

            if (FindUnknown(transition.Target, transition.MoreTargets, chart.StateCount) is { } target)
            {
                return $"transition {number} of state '{chart.TextOf(transition.Source)}' goes to an unknown state, "
                    + $"{target}";
            }

            if (!isScxml && (transition.Signal is null || kind == TransitionKind.Internal))
            {
                return $"a transition of state '{chart.TextOf(transition.Source)}' belongs to the Scxml profile";
            }
        }

        return null;
    }

    // Without a first number there may be no more; −1 then stands for the fault.
    private static int? FindUnknown(int? first, NumberList more, int count)
    {
        if (first is not { } known)
        {
            return more.Count != 0 ? -1 : null;
        }

        if ((uint)known >= (uint)count)
        {
            return known;
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
}
