namespace Mesh.Statecharts.Definition;

/// <summary>Puts the states of a builder in document order: each before those inside of it, siblings as they were
/// named.</summary>
internal static class DocumentOrder
{
    public static IReadOnlyList<StateBuilder<TContext>> Of<TContext>(IReadOnlyList<StateBuilder<TContext>> states)
    {
        var inner = states.Where(state => state.Parent is not null).ToLookup(state => state.Parent!);
        var ordered = new List<StateBuilder<TContext>>(states.Count);
        var waiting = new Stack<StateBuilder<TContext>>(states.Where(state => state.Parent is null).Reverse());
        while (waiting.TryPop(out var state) && ordered.Count < states.Count)
        {
            ordered.Add(state);
            foreach (var each in inner[state.Name].Reverse())
            {
                waiting.Push(each);
            }
        }

        // What names an unknown parent or lies in itself is left for the checks to name.
        return ordered.Count == states.Count ? ordered : states;
    }
}
