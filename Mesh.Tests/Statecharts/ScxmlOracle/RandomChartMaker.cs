using Mesh.Statecharts.Definition;

namespace Mesh.Tests.Statecharts.ScxmlOracle;

/// <summary>Makes random charts with regions, histories, final states, and transitions of every sort.</summary>
internal sealed class RandomChartMaker(Random random)
{
    private static readonly string[] Names = ["a", "b", "c", "a.a", "a.b", "b.a", "x.y.z", "error.execution"];

    private readonly List<StateSpec> _states = [];
    private readonly List<TransitionSpec> _transitions = [];
    private int _handlers;

    /// <summary>An event for a chart: one that many react to, or one that few do.</summary>
    public string NextEvent() => random.Next(4) == 0 ? Pick(Names) + ".q" : Pick(Names);

    public RandomChart Make()
    {
        var count = random.Next(2, 5);
        for (var index = 0; index < count; index++)
        {
            AddState(null, StateKind.Ordinary, 1);
        }

        foreach (var state in _states.ToList())
        {
            if (state.Kind == StateKind.Ordinary && random.Next(2) == 0 && Inside(state.Name) is { Count: > 0 } inside)
            {
                state.Initial = Targets(inside);
                state.Init = random.Next(2) == 0 ? Handler("init " + state.Name) : null;
            }

            AddTransitions(state);
        }

        var all = _states.Where(state => !IsHistory(state)).ToList();
        return new RandomChart(_states, _transitions, Targets(all));
    }

    private static bool IsHistory(StateSpec state) =>
        state.Kind is StateKind.ShallowHistory or StateKind.DeepHistory;

    private void AddState(string? parent, StateKind parentKind, int depth)
    {
        var childCount = depth >= 4 || _states.Count > 14 ? 0 : random.Next(4);
        var kind = childCount == 0
            ? parentKind != StateKind.Parallel && random.Next(5) == 0 ? StateKind.Final : StateKind.Ordinary
            : random.Next(3) == 0 ? StateKind.Parallel : StateKind.Ordinary;
        var name = $"s{_states.Count}";
        _states.Add(new StateSpec(name, parent, kind)
        {
            Entry = random.Next(2) == 0 ? Handler("enter " + name) : null,
            Exit = random.Next(2) == 0 ? Handler("exit " + name) : null,
        });
        for (var index = 0; index < childCount; index++)
        {
            if (random.Next(5) == 0)
            {
                AddHistory(name);
            }

            AddState(name, kind, depth + 1);
        }
    }

    private void AddHistory(string parent)
    {
        var kind = random.Next(2) == 0 ? StateKind.ShallowHistory : StateKind.DeepHistory;
        _states.Add(new StateSpec($"s{_states.Count}", parent, kind));
    }

    private void AddTransitions(StateSpec state)
    {
        if (IsHistory(state))
        {
            // A history of the same state would remember no more.
            var inside = Inside(state.Parent!).Where(each => !IsHistory(each) || each.Parent != state.Parent).ToList();
            _transitions.Add(new TransitionSpec(state.Name, [], Targets(inside))
            {
                Effect = random.Next(2) == 0 ? Handler("recall " + state.Name) : null,
            });
            return;
        }

        var count = state.Kind == StateKind.Final ? 0 : random.Next(4);
        for (var index = 0; index < count; index++)
        {
            _transitions.Add(Transition(state));
        }
    }

    private TransitionSpec Transition(StateSpec state)
    {
        var isEventless = random.Next(8) == 0;
        var inside = Inside(state.Name);
        var isInternal = inside.Count > 0 && random.Next(3) == 0;
        var targets = random.Next(5) == 0 ? [] : Targets(isInternal && random.Next(4) != 0 ? inside : _states);
        var descriptors = isEventless ? [] : Descriptors();

        // A final state that is entered again and again would be done again and again.
        var canLoop = descriptors.Exists(each => each == "*" || each.StartsWith("done", StringComparison.Ordinal));
        return new TransitionSpec(state.Name, descriptors, targets)
        {
            Guard = isEventless || canLoop ? new GuardSpec(GuardSpecKind.Fuel) : Guard(),
            Effect = random.Next(2) == 0 ? Handler($"take {_transitions.Count}") : null,
            IsInternal = isInternal && targets.Count > 0,
        };
    }

    private List<string> Descriptors()
    {
        var descriptors = new List<string>();
        for (var count = random.Next(1, 3); count > 0; count--)
        {
            descriptors.Add(random.Next(6) switch
            {
                0 => "*",
                1 => "done.state." + Pick(_states).Name,
                2 => "error",
                _ => Pick(Names),
            });
        }

        return descriptors;
    }

    private GuardSpec? Guard()
    {
        return random.Next(7) switch
        {
            0 => new GuardSpec(GuardSpecKind.In, Pick(_states).Name),
            1 => new GuardSpec(GuardSpecKind.NotIn, Pick(_states).Name),
            2 => new GuardSpec(GuardSpecKind.Name),
            3 when random.Next(3) == 0 => new GuardSpec(GuardSpecKind.Throws),
            _ => null,
        };
    }

    private HandlerSpec Handler(string name)
    {
        string[] raises = random.Next(5) == 0 ? [Pick(Names)] : [];
        return new HandlerSpec($"{++_handlers} {name}", raises, random.Next(15) == 0);
    }

    // One target, or two that can be active together.
    private List<string> Targets(List<StateSpec> among)
    {
        var first = Pick(among);
        var other = Pick(among);
        return first != other && random.Next(2) == 0 && CanBeTogether(first, other)
            ? [first.Name, other.Name] : [first.Name];
    }

    private bool CanBeTogether(StateSpec one, StateSpec other)
    {
        var around = PathOf(one);
        var common = PathOf(other).FirstOrDefault(around.Contains);
        return common is not null && common != one && common != other && common.Kind == StateKind.Parallel;
    }

    private List<StateSpec> PathOf(StateSpec state)
    {
        var path = new List<StateSpec> { state };
        while (path[^1].Parent is { } parent)
        {
            path.Add(_states.Single(each => each.Name == parent));
        }

        return path;
    }

    private List<StateSpec> Inside(string name) =>
        [.. _states.Where(state => state.Name != name && PathOf(state).Any(each => each.Name == name))];

    private T Pick<T>(IReadOnlyList<T> among) => among[random.Next(among.Count)];
}
