using System.Text;

namespace Mesh.Statecharts.Definition;

/// <summary>The static checks of <see cref="Profile.Scxml"/>, after those that hold for every chart.</summary>
internal sealed class ScxmlChecks
{
    private readonly PackedChart _chart;
    private readonly ChartTree _tree;
    private readonly StateKind[] _kinds;
    private readonly TargetCheck _targets;

    /// <summary>Prepares the checks.</summary>
    /// <param name="chart">A chart in which all numbers are known.</param>
    /// <param name="tree">Its states, in document order.</param>
    public ScxmlChecks(PackedChart chart, ChartTree tree)
    {
        _chart = chart;
        _tree = tree;
        _kinds = new StateKind[tree.Count];
        for (var state = 0; state < _kinds.Length; state++)
        {
            _kinds[state] = (StateKind)chart.State(state).Kind;
        }

        _targets = new TargetCheck(tree, _kinds);
    }

    /// <summary>Whether the states stand in document order, with names that lists can hold.</summary>
    public static string? FindOrderFault(PackedChart chart, ChartTree tree)
    {
        for (var number = 0; number < tree.Count; number++)
        {
            if (chart.NameOf(number).ContainsAny(" ,\t\r\n"u8))
            {
                return $"state '{chart.TextOf(number)}' has a name with a comma or a space";
            }

            // The state before this one, or one around that, has to be the parent.
            var parent = tree.ParentOf(number);
            var before = number - 1;
            while (before >= 0 && before != parent)
            {
                before = tree.ParentOf(before);
            }

            if (before != parent)
            {
                return $"state '{chart.TextOf(number)}' does not stand in document order";
            }
        }

        return null;
    }

    /// <summary>The first fault, or nothing.</summary>
    public string? FindFault() =>
        FindKindFault() ?? FindSignalFault() ?? FindTransitionFault() ?? FindInitialFault();

    private string? FindKindFault()
    {
        var inner = new short[_kinds.Length];
        for (var number = 0; number < inner.Length; number++)
        {
            if (_tree.ParentOf(number) is var parent and not ChartDefinition.Top && !IsHistory(number))
            {
                inner[parent]++;
            }
        }

        for (var number = 0; number < inner.Length; number++)
        {
            if (FindKindFault(number, inner[number]) is { } fault)
            {
                return $"state '{_chart.TextOf(number)}' {fault}";
            }
        }

        return Array.TrueForAll(_kinds, kind => kind is StateKind.ShallowHistory or StateKind.DeepHistory)
            ? "the chart has no state to be in" : null;
    }

    private string? FindKindFault(int number, int inner)
    {
        var state = _chart.State(number);
        var parent = _tree.ParentOf(number);
        var parentKind = parent == ChartDefinition.Top ? StateKind.Ordinary : _kinds[parent];
        var traits = (StateTraits)state.Traits;
        return _kinds[number] switch
        {
            _ when (traits & StateTraits.DynamicInit) != 0 => "chooses the target of its init",
            _ when parentKind is StateKind.Final or StateKind.ShallowHistory or StateKind.DeepHistory =>
                "lies in a final state or a history",
            StateKind.Parallel when inner == 0 => "is parallel and has no state inside",
            StateKind.Parallel when state.InitialTarget is not null => "is parallel and has an initial state",
            StateKind.Final when parentKind == StateKind.Parallel => "is final and a region",
            StateKind.Ordinary when _tree.LastIn(number) != number && inner == 0 =>
                "has a history and no state to remember",
            StateKind.ShallowHistory or StateKind.DeepHistory when parent == ChartDefinition.Top =>
                "is a history of the whole chart",
            StateKind.ShallowHistory or StateKind.DeepHistory when traits != StateTraits.None =>
                "is a history and has handlers",
            _ => null,
        };
    }

    private string? FindSignalFault()
    {
        for (var number = 0; number < _chart.SignalCount; number++)
        {
            var name = _chart.SignalNameOf(number);
            if (!name.SequenceEqual("*"u8)
                && (name.ContainsAny(" *\t\r\n"u8) || name[0] == '.' || name[^1] == '.' || name.IndexOf(".."u8) >= 0))
            {
                return $"signal '{Encoding.UTF8.GetString(name)}' is no event descriptor";
            }
        }

        return null;
    }

    private string? FindTransitionFault()
    {
        var defaults = new short[_kinds.Length];
        for (var number = 0; number < _chart.TransitionCount; number++)
        {
            var transition = _chart.Transition(number);
            var source = transition.Source;
            if ((TransitionKind)transition.Kind
                is not (TransitionKind.Goto or TransitionKind.Internal or TransitionKind.Hook))
            {
                return $"a transition of state '{_chart.TextOf(source)}' is of a kind that belongs to the Samek "
                    + "profile";
            }

            if (_kinds[source] == StateKind.Final)
            {
                return $"state '{_chart.TextOf(source)}' is final and has a transition";
            }

            if (IsHistory(source) && (transition.Signal is not null || transition.Guard.IsThere
                || !AllInside(transition, _tree.ParentOf(source)) || ++defaults[source] > 1))
            {
                return $"the default of history '{_chart.TextOf(source)}' has a signal or guard, leaves the parent, or "
                    + "is there twice";
            }

            if (IsHistory(source) && LeadsToSibling(transition, _tree.ParentOf(source)))
            {
                return $"the default of history '{_chart.TextOf(source)}' leads to a history of the same state";
            }

            if (FindTargetFault(transition.Target, transition.MoreTargets) is { } fault)
            {
                return $"a transition of state '{_chart.TextOf(source)}' {fault}";
            }
        }

        for (var number = 0; number < defaults.Length; number++)
        {
            if (IsHistory(number) && defaults[number] != 1)
            {
                return $"history '{_chart.TextOf(number)}' has {defaults[number]} defaults instead of one";
            }
        }

        return null;
    }

    private string? FindInitialFault()
    {
        for (var number = 0; number < _kinds.Length; number++)
        {
            var state = _chart.State(number);
            if (FindTargetFault(state.InitialTarget, state.MoreInitialTargets) is { } fault)
            {
                return $"the init of state '{_chart.TextOf(number)}' {fault}";
            }

            if (state.InitialTarget is null && state.MoreInitialTargets.Count != 0)
            {
                return $"the init of state '{_chart.TextOf(number)}' has no first target";
            }
        }

        foreach (var target in _chart.InitialTargets)
        {
            if ((uint)target >= (uint)_kinds.Length)
            {
                return "an initial state of the chart is unknown";
            }
        }

        return FindTargetFault(null, _chart.InitialTargets) is { } startFault ? $"the start {startFault}" : null;
    }

    private string? FindTargetFault(int? first, NumberList more) =>
        _targets.FindTwo(first, more) is not var (one, other) ? null
        : $"goes to '{_chart.TextOf(one)}' and '{_chart.TextOf(other)}', which are never active together";

    private bool AllInside(in TransitionRow transition, int outer)
    {
        if (transition.Target is not { } target || !IsProperlyInside(target, outer))
        {
            return false;
        }

        foreach (var more in transition.MoreTargets)
        {
            if (!IsProperlyInside(more, outer))
            {
                return false;
            }
        }

        return true;
    }

    // Which remembers no more than the first, and may lead back to it.
    private bool LeadsToSibling(in TransitionRow transition, int outer)
    {
        foreach (var more in transition.MoreTargets)
        {
            if (IsHistory(more) && _tree.ParentOf(more) == outer)
            {
                return true;
            }
        }

        return transition.Target is { } target && IsHistory(target) && _tree.ParentOf(target) == outer;
    }

    private bool IsProperlyInside(int state, int outer) => state > outer && state <= _tree.LastIn(outer);

    private bool IsHistory(int state) => _kinds[state] is StateKind.ShallowHistory or StateKind.DeepHistory;
}
