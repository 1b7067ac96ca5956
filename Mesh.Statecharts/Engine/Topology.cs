using Mesh.Statecharts.Definition;

namespace Mesh.Statecharts.Engine;

/// <summary>The tree of a chart of <see cref="Profile.Scxml"/>: its numbers are the document order, so that what lies
/// in a state is the run of numbers after it.</summary>
internal sealed partial class Topology
{
    private readonly int[] _lasts;
    private readonly int[] _depths;

    public Topology(ChartDefinition definition)
    {
        var states = definition.States;
        Count = states.Count;
        Words = (Count + 63) / 64;
        Parents = new int[Count];
        Kinds = new StateKind[Count];
        Children = new int[Count][];
        Histories = new int[Count][];
        Initials = new int[Count][];
        HistoryDefaults = new int[Count];
        Atomic = new ulong[Words];
        WithHistory = new ulong[Words];
        _lasts = new int[Count];
        _depths = new int[Count];
        var children = new List<int>?[Count];
        var histories = new List<int>?[Count];
        for (var state = 0; state < Count; state++)
        {
            Parents[state] = definition.ParentOf(state);
            Kinds[state] = states[state].Kind;
            _depths[state] = definition.DepthOf(state);
            for (var outer = state; outer != ChartDefinition.Top; outer = Parents[outer])
            {
                _lasts[outer] = state;
            }

            if (Parents[state] is var parent and not ChartDefinition.Top)
            {
                var siblings = IsHistory(state) ? histories : children;
                (siblings[parent] ??= []).Add(state);
            }
        }

        for (var state = 0; state < Count; state++)
        {
            Children[state] = children[state]?.ToArray() ?? [];
            Histories[state] = histories[state]?.ToArray() ?? [];
            Initials[state] = InitialsOf(states[state], Children[state]);
            if (Children[state].Length == 0 && !IsHistory(state))
            {
                Bits.Add(Atomic, state);
            }

            if (Histories[state].Length != 0)
            {
                Bits.Add(WithHistory, state);
            }
        }

        Targets = [.. definition.Transitions.Select(TargetsOf)];
        for (var transition = 0; transition < Targets.Length; transition++)
        {
            HistoryDefaults[definition.Transitions[transition].Source] = transition;
        }
    }

    /// <summary>How many states there are.</summary>
    public int Count { get; }

    /// <summary>How many words a set of states takes.</summary>
    public int Words { get; }

    /// <summary>The state around each, or <see cref="ChartDefinition.Top"/>.</summary>
    public int[] Parents { get; }

    /// <summary>The kind of each.</summary>
    public StateKind[] Kinds { get; }

    /// <summary>The states directly in each, without histories.</summary>
    public int[][] Children { get; }

    /// <summary>The histories of each.</summary>
    public int[][] Histories { get; }

    /// <summary>Where each goes when it is entered by default; empty for atomic and parallel states.</summary>
    public int[][] Initials { get; }

    /// <summary>For each history the number of its default transition.</summary>
    public int[] HistoryDefaults { get; }

    /// <summary>The targets of each transition; empty when it has none.</summary>
    public int[][] Targets { get; }

    /// <summary>The states in which no state lies.</summary>
    public ulong[] Atomic { get; }

    /// <summary>The states that have a history.</summary>
    public ulong[] WithHistory { get; }

    /// <summary>The last state in this one; itself when none is. For <see cref="ChartDefinition.Top"/> the last of
    /// all.</summary>
    public int LastIn(int state) => state == ChartDefinition.Top ? Count - 1 : _lasts[state];

    /// <summary>Whether a state lies properly in another, at any depth.</summary>
    public bool IsDescendant(int state, int outer) => state > outer && state <= LastIn(outer);

    /// <summary>Whether this is no state to be in.</summary>
    public bool IsHistory(int state) => Kinds[state] is StateKind.ShallowHistory or StateKind.DeepHistory;

    /// <summary>Whether at most one of the states in this one is active at a time.</summary>
    public bool IsCompound(int state) => Kinds[state] == StateKind.Ordinary && Children[state].Length != 0;

    /// <summary>How deep a state lies; 1 for an outermost one.</summary>
    public int DepthOf(int state) => _depths[state];

    private static int[] TargetsOf(TransitionDefinition transition) =>
        transition.Target is { } target ? [target, .. transition.MoreTargets] : [];

    private static int[] InitialsOf(StateDefinition state, int[] children) =>
        state.Kind != StateKind.Ordinary || children.Length == 0 ? []
        : state.InitialTarget is { } target ? [target, .. state.MoreInitialTargets]
        : [children[0]];
}
