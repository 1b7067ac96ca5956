using Mesh.Statecharts.Definition;

namespace Mesh.Tests.Statecharts.ScxmlOracle;

/// <content>What is left and entered.</content>
internal sealed partial class OracleInterpreter
{
    private readonly HashSet<string> _told = [];

    private void Tell(string line)
    {
        _told.Add(line);
        Spy.Add(line);
    }

    private void ExitStates(List<int> enabledTransitions)
    {
        var statesToExit = ComputeExitSet(enabledTransitions).OrderDescending().ToList();
        foreach (var state in statesToExit)
        {
            foreach (var history in HistoriesOf(state))
            {
                _historyValue[history] = definition.States[history].Kind == StateKind.DeepHistory
                    ? [.. _configuration.Where(each => IsAtomicState(each) && IsDescendant(each, state)).Order()]
                    : [.. _configuration.Where(each => ParentOf(each) == state).Order()];
            }
        }

        foreach (var state in statesToExit)
        {
            Spy.Add("EXIT_SIGNAL:" + NameOf(state));
            Execute(chart.States[state].Exit);
            _configuration.Remove(state);
        }
    }

    private List<int> ComputeExitSet(List<int> transitions)
    {
        var statesToExit = new List<int>();
        foreach (var transition in transitions)
        {
            if (TargetsOf(transition).Count > 0)
            {
                var domain = GetTransitionDomain(transition);
                statesToExit.AddRange(_configuration.Where(
                    state => IsDescendant(state, domain) && !statesToExit.Contains(state)).ToList());
            }
        }

        return statesToExit;
    }

    private void ComputeEntrySet(List<int> transitions)
    {
        _statesToEnter = [];
        _statesForDefaultEntry = [];
        _defaultHistoryContent = [];
        foreach (var transition in transitions.Where(transition => TargetsOf(transition).Count > 0))
        {
            foreach (var state in TargetsOf(transition))
            {
                AddDescendantStatesToEnter(state);
            }

            var ancestor = GetTransitionDomain(transition);
            foreach (var state in GetEffectiveTargetStates(TargetsOf(transition)))
            {
                AddAncestorStatesToEnter(state, ancestor);
            }
        }
    }

    private void EnterStates()
    {
        foreach (var state in _statesToEnter.Order().ToList())
        {
            if (!_configuration.Contains(state))
            {
                _configuration.Add(state);
            }

            Spy.Add("ENTRY_SIGNAL:" + NameOf(state));
            Execute(chart.States[state].Entry);
            if (_statesForDefaultEntry.Contains(state) && chart.States[state].Init is { } init)
            {
                Spy.Add("INIT_SIGNAL:" + NameOf(state));
                Execute(init);
            }

            if (_defaultHistoryContent.TryGetValue(state, out var history)
                && chart.Transitions[DefaultOf(history)].Effect is { } effect)
            {
                Spy.Add("INIT_SIGNAL:" + NameOf(history));
                Execute(effect);
            }

            if (definition.States[state].Kind == StateKind.Final)
            {
                Finish(state);
            }
        }
    }

    private void Finish(int state)
    {
        var parent = ParentOf(state);
        if (parent == Root)
        {
            IsDone = true;
            return;
        }

        Raise("done.state." + NameOf(parent));
        var grandparent = ParentOf(parent);
        if (IsParallelState(grandparent) && ChildrenOf(grandparent).All(IsInFinalState))
        {
            Raise("done.state." + NameOf(grandparent));
        }
    }

    private bool IsInFinalState(int state)
    {
        if (IsCompoundState(state))
        {
            return ChildrenOf(state).Any(
                child => definition.States[child].Kind == StateKind.Final && _configuration.Contains(child));
        }

        return IsParallelState(state) && ChildrenOf(state).All(IsInFinalState);
    }

    private void AddDescendantStatesToEnter(int state)
    {
        if (IsHistoryState(state))
        {
            if (!_historyValue.TryGetValue(state, out var value))
            {
                _defaultHistoryContent[ParentOf(state)] = state;
                value = TargetsOf(DefaultOf(state));
            }

            value.ForEach(AddDescendantStatesToEnter);
            value.ForEach(each => AddAncestorStatesToEnter(each, ParentOf(state)));
            return;
        }

        Enter(state);
        if (IsCompoundState(state))
        {
            _statesForDefaultEntry.Add(state);
            var initial = InitialOf(state);
            initial.ForEach(AddDescendantStatesToEnter);
            initial.ForEach(each => AddAncestorStatesToEnter(each, state));
        }
        else if (IsParallelState(state))
        {
            AddRegions(state);
        }
    }

    private void AddAncestorStatesToEnter(int state, int ancestor)
    {
        foreach (var each in GetProperAncestors(state, ancestor))
        {
            Enter(each);
            if (IsParallelState(each))
            {
                AddRegions(each);
            }
        }
    }

    private void AddRegions(int parallel)
    {
        foreach (var child in ChildrenOf(parallel))
        {
            if (!_statesToEnter.Any(state => IsDescendant(state, child)))
            {
                AddDescendantStatesToEnter(child);
            }
        }
    }

    private void Enter(int state)
    {
        if (!_statesToEnter.Contains(state))
        {
            _statesToEnter.Add(state);
        }
    }
}
