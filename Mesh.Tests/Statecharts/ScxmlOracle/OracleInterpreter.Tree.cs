using Mesh.Statecharts.Definition;

namespace Mesh.Tests.Statecharts.ScxmlOracle;

/// <content>Questions about the tree.</content>
internal sealed partial class OracleInterpreter
{
    private string NameOf(int state) => definition.States[state].Name;

    private int ParentOf(int state) => definition.States[state].Parent ?? Root;

    private int SourceOf(int transition) => definition.Transitions[transition].Source;

    private List<int> ChildrenOf(int state) => [.. Enumerable.Range(0, definition.States.Count)
        .Where(each => ParentOf(each) == state && !IsHistoryState(each))];

    private List<int> HistoriesOf(int state) => [.. Enumerable.Range(0, definition.States.Count)
        .Where(each => ParentOf(each) == state && IsHistoryState(each))];

    private List<int> TargetsOf(int transition) => definition.Transitions[transition].Target is { } target
        ? [target, .. definition.Transitions[transition].MoreTargets] : [];

    private List<int> InitialOf(int state) => definition.States[state].InitialTarget is { } target
        ? [target, .. definition.States[state].MoreInitialTargets] : [ChildrenOf(state)[0]];

    private int DefaultOf(int history) =>
        Enumerable.Range(0, definition.Transitions.Count).Single(transition => SourceOf(transition) == history);

    private bool IsHistoryState(int state) =>
        definition.States[state].Kind is StateKind.ShallowHistory or StateKind.DeepHistory;

    private bool IsParallelState(int state) => state != Root && definition.States[state].Kind == StateKind.Parallel;

    private bool IsAtomicState(int state) => ChildrenOf(state).Count == 0;

    private bool IsCompoundState(int state) =>
        state != Root && definition.States[state].Kind == StateKind.Ordinary && !IsAtomicState(state);

    private bool IsDescendant(int state, int outer) => GetProperAncestors(state, null).Contains(outer);

    // From the parent outward; up to the root, or up to but without another state.
    private List<int> GetProperAncestors(int state, int? upTo)
    {
        var ancestors = new List<int>();
        for (var each = ParentOf(state); each != upTo; each = ParentOf(each))
        {
            ancestors.Add(each);
            if (each == Root)
            {
                break;
            }
        }

        return ancestors;
    }

    private List<int> GetEffectiveTargetStates(IReadOnlyList<int> targets)
    {
        var effective = new List<int>();
        foreach (var target in targets)
        {
            effective.AddRange(!IsHistoryState(target) ? [target]
                : _historyValue.TryGetValue(target, out var value) ? value
                : GetEffectiveTargetStates(TargetsOf(DefaultOf(target))));
        }

        return [.. effective.Distinct()];
    }

    private int GetTransitionDomain(int transition)
    {
        var targets = GetEffectiveTargetStates(TargetsOf(transition));
        var source = SourceOf(transition);
        return definition.Transitions[transition].Kind == TransitionKind.Internal && IsCompoundState(source)
            && targets.TrueForAll(target => IsDescendant(target, source))
            ? source : FindLcca([source, .. targets]);
    }

    private int FindLcca(List<int> states)
    {
        foreach (var ancestor in GetProperAncestors(states[0], null))
        {
            var isCompoundOrRoot = ancestor == Root || IsCompoundState(ancestor);
            if (isCompoundOrRoot && states.Skip(1).All(state => IsDescendant(state, ancestor)))
            {
                return ancestor;
            }
        }

        return Root;
    }
}
