namespace Mesh.Statecharts.Definition;

/// <summary>
/// Whether targets can be active together: below different regions of a parallel state, or one in another.
/// </summary>
/// <remarks>
/// In document order it is enough to look at neighbours: what is innermost around two that lie further apart is
/// innermost around two neighbours between them. A list of targets costs a few steps for each, however deep they lie.
/// </remarks>
internal sealed class TargetCheck
{
    private const int FewTargets = 16;
    private const int WordBits = 64;

    private readonly ChartTree _tree;
    private readonly StateKind[] _kinds;

    // An outer state of each, far enough out that a few of them lead from any state to the outermost.
    private readonly short[] _jumps;
    private readonly ulong[] _set;

    /// <summary>Prepares the check.</summary>
    /// <param name="tree">The states, in document order.</param>
    /// <param name="kinds">Their kinds.</param>
    public TargetCheck(ChartTree tree, StateKind[] kinds)
    {
        _tree = tree;
        _kinds = kinds;
        _set = new ulong[(tree.Count + WordBits - 1) / WordBits];
        _jumps = new short[tree.Count];
        for (var state = 0; state < tree.Count; state++)
        {
            // Skew-binary: two jumps of the parent that are equally long become one.
            var parent = tree.ParentOf(state);
            var jump = JumpOf(parent);
            var further = JumpOf(jump);
            var isEven = DepthOf(parent) - DepthOf(jump) == DepthOf(jump) - DepthOf(further);
            _jumps[state] = (short)(isEven ? further : parent);
        }
    }

    /// <summary>Looks for two targets that exclude each other.</summary>
    /// <param name="first">The first target, if it is not in the list.</param>
    /// <param name="more">The others; all are states of the chart.</param>
    /// <returns>Two of them; null when all can be active together.</returns>
    public (int One, int Other)? FindTwo(int? first, NumberList more) =>
        more.Count == 0 ? null
        : more.Count < FewTargets ? FindTwoOfFew(first, more)
        : FindTwoOfMany(first, more);

    private (int One, int Other)? FindTwoOfFew(int? first, NumberList more)
    {
        Span<int> sorted = stackalloc int[FewTargets];
        var count = 0;
        if (first is { } target)
        {
            sorted[count++] = target;
        }

        foreach (var each in more)
        {
            var place = count++;
            for (; place > 0 && sorted[place - 1] > each; place--)
            {
                sorted[place] = sorted[place - 1];
            }

            sorted[place] = each;
        }

        for (var place = 1; place < count; place++)
        {
            if (Excludes(sorted[place - 1], sorted[place]))
            {
                return (sorted[place - 1], sorted[place]);
            }
        }

        return null;
    }

    private (int One, int Other)? FindTwoOfMany(int? first, NumberList more)
    {
        Array.Clear(_set);
        Add(first ?? ChartDefinition.Top);
        foreach (var each in more)
        {
            Add(each);
        }

        var before = ChartDefinition.Top;
        for (var word = 0; word < _set.Length; word++)
        {
            for (var bits = _set[word]; bits != 0; bits &= bits - 1)
            {
                var state = (word * WordBits) + int.CreateTruncating(ulong.TrailingZeroCount(bits));
                if (before != ChartDefinition.Top && Excludes(before, state))
                {
                    return (before, state);
                }

                before = state;
            }
        }

        return null;
    }

    private void Add(int state)
    {
        if (state != ChartDefinition.Top)
        {
            _set[state / WordBits] |= 1UL << (state % WordBits);
        }
    }

    private bool Excludes(int state, int later)
    {
        if (later <= _tree.LastIn(state))
        {
            return false;
        }

        var around = state;
        while (!IsAround(around, later))
        {
            around = IsAround(_jumps[around], later) ? _tree.ParentOf(around) : _jumps[around];
        }

        return around == ChartDefinition.Top || _kinds[around] != StateKind.Parallel;
    }

    private bool IsAround(int outer, int later) => outer == ChartDefinition.Top || later <= _tree.LastIn(outer);

    private int JumpOf(int state) => state == ChartDefinition.Top ? ChartDefinition.Top : _jumps[state];

    private int DepthOf(int state) => state == ChartDefinition.Top ? 0 : _tree.DepthOf(state);
}
