using Mesh.Statecharts.Definition;

namespace Mesh.Tests.Statecharts.ScxmlOracle;

/// <summary>
/// The algorithm of SCXML 1.0 appendix D, written down slowly from its pseudo code: sets are lists in document order,
/// nothing is precomputed. It writes the spy by the rules of docs/statecharts.md as it goes.
/// </summary>
internal sealed partial class OracleInterpreter(ChartDefinition definition, RandomChart chart) : IHandlerFace
{
    // Stands for the element around all states.
    private const int Root = -1;

    private readonly List<int> _configuration = [];
    private readonly Dictionary<int, List<int>> _historyValue = [];
    private readonly OracleQueue _internalQueue = new();
    private List<int> _statesToEnter = [];
    private HashSet<int> _statesForDefaultEntry = [];
    private Dictionary<int, int> _defaultHistoryContent = [];

    public int Fuel { get; set; }

    public List<string> Log { get; } = [];

    public List<string> Spy { get; } = [];

    public bool IsDone { get; private set; }

    public string EventName { get; private set; } = "";

    public IEnumerable<string> Active => _configuration.Order().Select(NameOf);

    public string Leaves => string.Join(',', _configuration.Where(IsAtomicState).Order().Select(NameOf));

    public void Start()
    {
        Spy.Clear();
        Spy.Add("START");
        _statesToEnter = [];
        _statesForDefaultEntry = [];
        _defaultHistoryContent = [];
        foreach (var target in definition.InitialTargets)
        {
            AddDescendantStatesToEnter(target);
        }

        foreach (var target in GetEffectiveTargetStates(definition.InitialTargets))
        {
            AddAncestorStatesToEnter(target, Root);
        }

        EnterStates();
        CompleteMacrostep();
    }

    public void Dispatch(string name)
    {
        Spy.Clear();
        _told.Clear();
        EventName = name;
        var before = Leaves;
        var enabled = SelectTransitions(name);
        if (enabled.Count > 0)
        {
            Microstep(enabled, name);
        }

        CompleteMacrostep();
        if (!Spy.Any(line => _told.Contains(line)))
        {
            Spy.Insert(0, $"{name}:{before}");
        }
    }

    public void Write(string line)
    {
        Log.Add(line);
        Spy.Add(line);
    }

    public void Raise(string name)
    {
        Spy.Add("RAISE:" + name);
        _internalQueue.Enqueue(name);
    }

    public bool In(string state) => _configuration.Any(each => NameOf(each) == state);

    public bool TakeFuel() => Fuel > 0 && Fuel-- > 0;

    private void CompleteMacrostep()
    {
        var macrostepDone = false;
        while (!IsDone && !macrostepDone)
        {
            var trigger = "EVENTLESS";
            var enabledTransitions = SelectEventlessTransitions();
            if (enabledTransitions.Count == 0)
            {
                if (_internalQueue.IsEmpty)
                {
                    macrostepDone = true;
                }
                else
                {
                    EventName = trigger = _internalQueue.Dequeue();
                    enabledTransitions = SelectTransitions(trigger);
                }
            }

            if (enabledTransitions.Count > 0)
            {
                Microstep(enabledTransitions, trigger);
            }
        }

        if (IsDone)
        {
            ExitInterpreter();
        }
    }

    private void ExitInterpreter()
    {
        foreach (var state in _configuration.OrderDescending().ToList())
        {
            Spy.Add("EXIT_SIGNAL:" + NameOf(state));
            Execute(chart.States[state].Exit);
        }
    }

    private List<int> SelectEventlessTransitions() => Select(transition => transition.Signal < 0);

    private List<int> SelectTransitions(string name)
    {
        return Select(transition => transition.Signal >= 0
            && transition.MoreSignals.Prepend(transition.Signal).Any(
                signal => NameMatch(definition.Signals[signal].Name, name)));
    }

    private List<int> Select(Func<TransitionDefinition, bool> isMeant)
    {
        var enabledTransitions = new List<int>();
        foreach (var state in _configuration.Where(IsAtomicState).Order().ToList())
        {
            if (FirstEnabled(state, isMeant) is { } transition && !enabledTransitions.Contains(transition))
            {
                enabledTransitions.Add(transition);
            }
        }

        return RemoveConflictingTransitions(enabledTransitions);
    }

    private int? FirstEnabled(int state, Func<TransitionDefinition, bool> isMeant)
    {
        foreach (var source in GetProperAncestors(state, Root).Prepend(state))
        {
            for (var transition = 0; transition < definition.Transitions.Count; transition++)
            {
                if (definition.Transitions[transition].Source == source && isMeant(definition.Transitions[transition])
                    && ConditionMatch(transition))
                {
                    return transition;
                }
            }
        }

        return null;
    }

    private bool ConditionMatch(int transition)
    {
        try
        {
            return chart.Transitions[transition].Guard?.Ask(this) ?? true;
        }
        catch (InvalidOperationException)
        {
            Raise("error.execution");
            return false;
        }
    }

    // Tokens, compared one by one.
    private static bool NameMatch(string descriptor, string name)
    {
        var wanted = descriptor.Split('.');
        var given = name.Split('.');
        return descriptor == "*" || (wanted.Length <= given.Length && wanted.SequenceEqual(given.Take(wanted.Length)));
    }

    private List<int> RemoveConflictingTransitions(List<int> enabledTransitions)
    {
        var filteredTransitions = new List<int>();
        foreach (var t1 in enabledTransitions)
        {
            var t1Preempted = false;
            var transitionsToRemove = new List<int>();
            foreach (var t2 in filteredTransitions)
            {
                if (ComputeExitSet([t1]).Intersect(ComputeExitSet([t2])).Any())
                {
                    if (IsDescendant(SourceOf(t1), SourceOf(t2)))
                    {
                        transitionsToRemove.Add(t2);
                    }
                    else
                    {
                        t1Preempted = true;
                        break;
                    }
                }
            }

            if (!t1Preempted)
            {
                filteredTransitions.RemoveAll(transitionsToRemove.Contains);
                filteredTransitions.Add(t1);
            }
        }

        return filteredTransitions;
    }

    private void Microstep(List<int> enabledTransitions, string trigger)
    {
        foreach (var transition in enabledTransitions)
        {
            var hook = TargetsOf(transition).Count == 0 ? ":HOOK" : "";
            Tell($"{trigger}:{NameOf(SourceOf(transition))}{hook}");
        }

        ExitStates(enabledTransitions);
        foreach (var transition in enabledTransitions)
        {
            Execute(chart.Transitions[transition].Effect);
        }

        ComputeEntrySet(enabledTransitions);
        EnterStates();
    }

    private void Execute(HandlerSpec? handler)
    {
        try
        {
            handler?.Run(this);
        }
        catch (InvalidOperationException)
        {
            Raise("error.execution");
        }
    }
}
