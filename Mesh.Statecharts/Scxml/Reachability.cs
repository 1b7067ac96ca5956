using Mesh.Statecharts.Definition;

namespace Mesh.Statecharts.Scxml;

/// <summary>Which states a chart can come to, if all conditions may hold that are not false everywhere.</summary>
internal sealed class Reachability
{
    private readonly ScxmlFile _file;
    private readonly HashSet<StateNode> _reached = [];
    private readonly HashSet<StateNode> _descended = [];
    private readonly Queue<StateNode> _open = new();

    /// <summary>Follows all ways.</summary>
    /// <param name="file">The chart.</param>
    /// <param name="dead">Transitions that are never taken.</param>
    public Reachability(ScxmlFile file, IReadOnlySet<TransitionNode> dead)
    {
        _file = file;
        Descend(file.Tree.Root);
        while (_open.TryDequeue(out var state))
        {
            foreach (var transition in state.Transitions.Where(each => !dead.Contains(each)))
            {
                foreach (var target in transition.Targets?.Names ?? [])
                {
                    Enter(file.States[target]);
                }
            }
        }
    }

    /// <summary>Whether a way leads to a state.</summary>
    public bool Reaches(StateNode state) => _reached.Contains(state);

    private bool IsSamek => _file.Profile == Profile.Samek;

    private void Enter(StateNode state)
    {
        Add(state);

        // Regions beside the way are entered too.
        for (var outer = state.Parent; outer is { Parent: not null }; outer = outer.Parent)
        {
            Add(outer);
            if (outer.Kind == StateKind.Parallel)
            {
                Descend(outer);
            }
        }

        Descend(state);
    }

    // Follows how a state is entered by default, once.
    private void Descend(StateNode state)
    {
        if (!_descended.Add(state))
        {
            return;
        }

        IEnumerable<StateNode> inner = [];
        if (state.Initial is { } initial)
        {
            inner = initial.Names.Select(name => _file.States[name]);
        }
        else if (state.Kind == StateKind.Parallel)
        {
            inner = state.Children.Where(child => !child.IsHistory);
        }
        else if (!IsSamek || state.Parent is null)
        {
            inner = state.Children.Where(child => !child.IsHistory).Take(1);
        }

        foreach (var each in inner)
        {
            Enter(each);
        }
    }

    private void Add(StateNode state)
    {
        if (_reached.Add(state))
        {
            _open.Enqueue(state);
        }
    }
}
