using Mesh.Statecharts.Definition;

namespace Mesh.Statecharts.Engine;

/// <content>Which sets of states a chart can be in.</content>
internal sealed partial class Topology
{
    /// <summary>Whether of what lies in a state just those states are in a set that are active together while it
    /// is.</summary>
    /// <param name="outer">The state, or top.</param>
    /// <param name="set">Any set of states.</param>
    public bool IsConfiguration(int outer, ulong[] set)
    {
        var isParallel = outer != ChartDefinition.Top && Kinds[outer] == StateKind.Parallel;
        var (count, active) = (0, 0);
        for (var child = outer + 1; child <= LastIn(outer); child = LastIn(child) + 1)
        {
            if (IsHistory(child))
            {
                if (Bits.Contains(set, child))
                {
                    return false;
                }

                continue;
            }

            count++;
            var isActive = Bits.Contains(set, child);
            active += isActive ? 1 : 0;
            if (isActive ? !IsConfiguration(child, set) : Bits.HasIn(set, child, LastIn(child)))
            {
                return false;
            }
        }

        // Transitions to histories within one another may make two states of one active: the algorithm allows it.
        return active >= (isParallel ? count : Math.Min(count, 1));
    }

    /// <summary>Whether a history can have this set remembered.</summary>
    public bool CanRemember(int history, ulong[] set)
    {
        var around = Parents[history];
        if (around == ChartDefinition.Top || Bits.Count(set) == 0)
        {
            return false;
        }

        var isDeep = Kinds[history] == StateKind.DeepHistory;
        for (var state = 0; state < Count; state++)
        {
            if (Bits.Contains(set, state)
                && !(isDeep ? IsDescendant(state, around) && Bits.Contains(Atomic, state)
                    : Parents[state] == around && !IsHistory(state)))
            {
                return false;
            }
        }

        return true;
    }
}
