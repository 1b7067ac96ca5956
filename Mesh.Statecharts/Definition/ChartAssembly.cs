namespace Mesh.Statecharts.Definition;

/// <summary>Turns what a builder collected into numbered data: names become numbers, nameless code gets g1, e1 by
/// order.</summary>
internal sealed class ChartAssembly<TContext>
{
    private readonly string _chart;
    private readonly Dictionary<string, int> _states = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _signalNumbers = new(StringComparer.Ordinal);
    private readonly List<Signal> _signals = [];
    private int _guardCount;
    private int _effectCount;

    public ChartAssembly(string chart, IReadOnlyList<StateBuilder<TContext>> states)
    {
        _chart = chart;
        foreach (var state in states)
        {
            if (!_states.TryAdd(state.Name, _states.Count))
            {
                throw new ChartDefinitionException($"chart '{chart}': state '{state.Name}' is there twice");
            }
        }
    }

    /// <summary>The signals that the transitions named, in order of first mention.</summary>
    public IReadOnlyList<Signal> Signals => _signals;

    /// <summary>The number of a state.</summary>
    /// <exception cref="ChartDefinitionException">There is no state of this name.</exception>
    public int NumberOf(string state, string who)
    {
        return _states.TryGetValue(state, out var number) ? number
            : throw new ChartDefinitionException($"chart '{_chart}': {who} names an unknown state, '{state}'");
    }

    /// <summary>The numbers of states.</summary>
    /// <exception cref="ChartDefinitionException">There is no state of such a name.</exception>
    public int[] NumbersOf(IReadOnlyList<string> states, string who) =>
        [.. states.Select(state => NumberOf(state, who))];

    public StateDefinition Define(StateBuilder<TContext> state)
    {
        var code = state.Code;
        var traits = (code.InitTarget is null ? StateTraits.None : StateTraits.DynamicInit)
            | (code.Entry.IsEmpty ? StateTraits.None : StateTraits.EntryCode)
            | (code.Exit.IsEmpty ? StateTraits.None : StateTraits.ExitCode)
            | (code.Init.IsEmpty ? StateTraits.None : StateTraits.InitCode);
        var inits = NumbersOf(state.InitTargets, $"the init of state '{state.Name}'");
        return new StateDefinition(state.Name)
        {
            Parent = state.Parent is null ? null : NumberOf(state.Parent, $"the parent of state '{state.Name}'"),
            Entry = state.EntryReport,
            Exit = state.ExitReport,
            Init = state.InitReport,
            Kind = state.Kind,
            InitialTarget = inits.Length == 0 ? null : inits[0],
            MoreInitialTargets = Rest(inits),
            Traits = traits,
        };
    }

    public TransitionDefinition Define(TransitionDraft<TContext> transition)
    {
        var source = transition.Source;
        var code = transition.Code;
        int[] signals = [.. transition.Signals.Select(NumberOf)];
        var targets = NumbersOf(transition.Targets, $"the transition of state '{source}' on {transition.SignalText}");
        var signal = signals.Length == 0 ? TransitionDefinition.Eventless : signals[0];
        return new TransitionDefinition(NumberOf(source, "a transition"), signal)
        {
            Guard = transition.GuardName ?? (code.Guard.IsEmpty ? null : $"g{++_guardCount}"),
            Effect = transition.EffectName ?? (code.Effect.IsEmpty ? null : $"e{++_effectCount}"),
            Target = targets.Length == 0 ? null : targets[0],
            Kind = transition.Kind,
            MoreSignals = Rest(signals),
            MoreTargets = Rest(targets),
        };
    }

    /// <summary>Takes up a signal that no transition needs to name.</summary>
    public void Declare(Signal signal) => NumberOf(signal);

    private static int[] Rest(int[] numbers) => numbers.Length > 1 ? numbers[1..] : [];

    private int NumberOf(Signal signal)
    {
        if (!_signalNumbers.TryGetValue(signal.Name, out var number))
        {
            number = _signals.Count;
            _signalNumbers.Add(signal.Name, number);
            _signals.Add(signal);
        }
        else if (_signals[number].PayloadType != signal.PayloadType)
        {
            throw new ChartDefinitionException($"chart '{_chart}': signal '{signal.Name}' has two payload types");
        }

        return number;
    }
}
