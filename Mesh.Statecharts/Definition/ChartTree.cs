namespace Mesh.Statecharts.Definition;

/// <summary>How the states of a checked chart lie in one another, in five bytes a state.</summary>
internal sealed class ChartTree
{
    private readonly short[] _parents;
    private readonly short[] _lasts;
    private readonly byte[] _depths;

    private ChartTree(int count)
    {
        _parents = new short[count];
        _lasts = new short[count];
        _depths = new byte[count];
    }

    /// <summary>How many states there are.</summary>
    public int Count => _parents.Length;

    /// <summary>Builds the tree.</summary>
    /// <param name="chart">A chart whose parents are states of it.</param>
    /// <param name="tree">The tree, when nothing is wrong.</param>
    /// <returns>What is wrong with the nesting; null when nothing is.</returns>
    public static string? FindFault(PackedChart chart, out ChartTree tree)
    {
        tree = new ChartTree(chart.StateCount);
        for (var state = 0; state < tree.Count; state++)
        {
            tree._parents[state] = (short)(chart.State(state).Parent ?? ChartDefinition.Top);
        }

        for (var state = 0; state < tree.Count; state++)
        {
            var depth = 1;
            for (var outer = tree.ParentOf(state); outer != ChartDefinition.Top; outer = tree.ParentOf(outer))
            {
                if (outer == state)
                {
                    return $"state '{chart.TextOf(state)}' lies in itself by way of its parents";
                }

                depth++;
                if (depth > ChartLimits.MaxDepth)
                {
                    // Either truly this deep or below a cycle that another state names; both are refused.
                    return $"state '{chart.TextOf(state)}' lies deeper than {ChartLimits.MaxDepth} or in a cycle of "
                        + "parents";
                }
            }

            tree._depths[state] = (byte)depth;
        }

        for (var state = 0; state < tree.Count; state++)
        {
            for (var outer = state; outer != ChartDefinition.Top; outer = tree.ParentOf(outer))
            {
                tree._lasts[outer] = (short)state;
            }
        }

        return null;
    }

    /// <summary>The state around a state, or <see cref="ChartDefinition.Top"/>.</summary>
    /// <param name="state">The number of the state.</param>
    public int ParentOf(int state) => _parents[state];

    /// <summary>How deep a state lies; 1 for an outermost one.</summary>
    /// <param name="state">The number of the state.</param>
    public int DepthOf(int state) => _depths[state];

    /// <summary>The greatest number of the states in a state; its own when none is. In document order those in it are
    /// all up to that.</summary>
    /// <param name="state">The number of the state.</param>
    public int LastIn(int state) => _lasts[state];

    /// <summary>Whether one state is another or lies inside of it.</summary>
    /// <param name="state">The number of the inner state.</param>
    /// <param name="outer">The number of the outer state.</param>
    public bool IsInside(int state, int outer)
    {
        while (_depths[state] > _depths[outer])
        {
            state = _parents[state];
        }

        return state == outer;
    }
}
