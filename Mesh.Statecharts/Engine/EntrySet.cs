using Mesh.Statecharts.Definition;

namespace Mesh.Statecharts.Engine;

/// <summary>Finds out which states a transition enters: <c>computeEntrySet</c> and <c>getTransitionDomain</c> of SCXML
/// appendix D. Reused from microstep to microstep.</summary>
internal sealed class EntrySet(Topology topology)
{
    private readonly List<int> _effective = [];

    /// <summary>The states to enter.</summary>
    public ulong[] Enter { get; } = new ulong[topology.Words];

    /// <summary>Those of them that are entered by default, so that the content of their initial runs.</summary>
    public ulong[] ByDefault { get; } = new ulong[topology.Words];

    /// <summary>The histories that had nothing to remember, so that the content of their default runs.</summary>
    public List<int> DefaultHistories { get; } = [];

    /// <summary>Whether a history was met since <see cref="Clear"/>: then the outcome depends on what was
    /// remembered.</summary>
    public bool HasMetHistory { get; private set; }

    public void Clear()
    {
        Array.Clear(Enter);
        Array.Clear(ByDefault);
        DefaultHistories.Clear();
        HasMetHistory = false;
    }

    /// <summary>Adds what a transition into these targets enters.</summary>
    /// <param name="targets">The targets.</param>
    /// <param name="domain">The state that is not left, or top.</param>
    /// <param name="memory">What each history remembers; nothing where it is null.</param>
    public void Add(int[] targets, int domain, ulong[]?[] memory)
    {
        foreach (var target in targets)
        {
            AddDescendants(target, memory);
        }

        FindEffective(targets, memory);
        foreach (var target in _effective)
        {
            AddAncestors(target, domain, memory);
        }
    }

    /// <summary>The innermost state that a transition does not leave, or top.</summary>
    public int DomainOf(int source, bool isInternal, int[] targets, ulong[]?[] memory)
    {
        FindEffective(targets, memory);
        if (isInternal && topology.IsCompound(source) && AreAllIn(source))
        {
            return source;
        }

        var domain = topology.Parents[source];
        while (domain != ChartDefinition.Top && !(topology.IsCompound(domain) && AreAllIn(domain)))
        {
            domain = topology.Parents[domain];
        }

        return domain;
    }

    private bool AreAllIn(int outer)
    {
        foreach (var target in _effective)
        {
            if (!topology.IsDescendant(target, outer))
            {
                return false;
            }
        }

        return true;
    }

    private void FindEffective(int[] targets, ulong[]?[] memory)
    {
        _effective.Clear();
        AddEffective(targets, memory);
    }

    // Defaults lead inward, so that this comes to an end.
    private void AddEffective(int[] targets, ulong[]?[] memory)
    {
        foreach (var target in targets)
        {
            if (!topology.IsHistory(target))
            {
                _effective.Add(target);
            }
            else if (Recall(target, memory) is { } remembered)
            {
                for (var state = 0; state < topology.Count; state++)
                {
                    if (Bits.Contains(remembered, state))
                    {
                        _effective.Add(state);
                    }
                }
            }
            else
            {
                AddEffective(topology.Targets[topology.HistoryDefaults[target]], memory);
            }
        }
    }

    private ulong[]? Recall(int history, ulong[]?[] memory)
    {
        HasMetHistory = true;
        return memory[history];
    }

    private void AddDescendants(int state, ulong[]?[] memory)
    {
        if (topology.IsHistory(state))
        {
            AddHistory(state, memory);
            return;
        }

        Bits.Add(Enter, state);
        if (topology.IsCompound(state))
        {
            Bits.Add(ByDefault, state);
            AddInside(topology.Initials[state], state, memory);
        }
        else if (topology.Kinds[state] == StateKind.Parallel)
        {
            AddRegions(state, memory);
        }
    }

    private void AddHistory(int history, ulong[]?[] memory)
    {
        var parent = topology.Parents[history];
        if (Recall(history, memory) is not { } remembered)
        {
            AddDefault(history, parent);
            AddInside(topology.Targets[topology.HistoryDefaults[history]], parent, memory);
            return;
        }

        for (var state = parent; state <= topology.LastIn(parent); state++)
        {
            if (Bits.Contains(remembered, state))
            {
                AddDescendants(state, memory);
            }
        }

        for (var state = parent; state <= topology.LastIn(parent); state++)
        {
            if (Bits.Contains(remembered, state))
            {
                AddAncestors(state, parent, memory);
            }
        }
    }

    // Of the histories of a state that are met, the last counts.
    private void AddDefault(int history, int parent)
    {
        for (var index = DefaultHistories.Count - 1; index >= 0; index--)
        {
            if (topology.Parents[DefaultHistories[index]] == parent)
            {
                DefaultHistories.RemoveAt(index);
            }
        }

        DefaultHistories.Add(history);
    }

    private void AddInside(int[] targets, int outer, ulong[]?[] memory)
    {
        foreach (var target in targets)
        {
            AddDescendants(target, memory);
        }

        foreach (var target in targets)
        {
            AddAncestors(target, outer, memory);
        }
    }

    private void AddAncestors(int state, int outer, ulong[]?[] memory)
    {
        for (var around = topology.Parents[state]; around != outer; around = topology.Parents[around])
        {
            Bits.Add(Enter, around);
            if (topology.Kinds[around] == StateKind.Parallel)
            {
                AddRegions(around, memory);
            }
        }
    }

    private void AddRegions(int parallel, ulong[]?[] memory)
    {
        foreach (var region in topology.Children[parallel])
        {
            if (!Bits.HasIn(Enter, region + 1, topology.LastIn(region)))
            {
                AddDescendants(region, memory);
            }
        }
    }
}
