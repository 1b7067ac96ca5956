using System.Diagnostics.CodeAnalysis;
using Mesh.Statecharts.Definition;

namespace Mesh.Statecharts.Instrumentation;

/// <summary>Runs one step symbolically and writes what the processor of miros would have written. Used once.</summary>
/// <remarks>
/// It follows the record, not the chart's code: which transition was taken is known, every asked state below that has
/// transitions for the signal refused, notes stand at the handler call that they were made in.
/// </remarks>
internal ref struct SpyExpansion
{
    private readonly ChartDefinition _definition;
    private readonly StepRecord _record;
    private readonly List<string> _lines;
    private readonly List<ScriptStep> _script = [];
    private readonly string? _signal;
    private SpyNotes _notes;
    private string? _fault;
    private bool _isCut;
    private int _place;

    public SpyExpansion(
        ChartDefinition definition,
        in StepRecord record,
        ReadOnlySpan<byte> notes,
        ChartNames? names,
        List<string> lines)
    {
        _definition = definition;
        _record = record;
        _lines = lines;
        _notes = new SpyNotes(definition, record.DroppedNotes, notes, names, lines);
        _signal = ChartText.SignalName(definition, names, record.Signal);
    }

    private readonly bool IsOver => _fault is not null || _isCut;

    /// <summary>Writes the lines of the step without its queue line.</summary>
    /// <param name="fault">What does not fit, when the method returns <see langword="false"/>.</param>
    public bool TryRun([NotNullWhen(false)] out string? fault)
    {
        var isFault = _record.Kind == StepKind.Fault;
        if (_record.Kind > StepKind.Fault)
        {
            _fault = "its kind is not known";
        }
        else if (_record.LeafBefore == ChartDefinition.Top)
        {
            RunStart();
        }
        else if (_record.Kind == StepKind.Start)
        {
            _fault = "a start does not come from top";
        }
        else
        {
            RunEvent();
        }

        _fault ??= _isCut == isFault ? null : "it is a fault without its place, or a place without a fault";
        _fault ??= _notes.FindLeftover(_isCut);
        fault = _fault;
        return fault is null;
    }

    private void RunStart()
    {
        var outcome = _record.Outcome;
        if (_record.Kind == StepKind.Step || outcome.Kind != OutcomeKind.Start || !_definition.IsState(outcome.State))
        {
            _fault = "its start state is not in the definition";
            return;
        }

        _fault = _notes.TellBeforeStart();
        if (IsOver)
        {
            return;
        }

        _lines.Add("START");
        StepScript.Enter(_definition, ChartDefinition.Top, outcome.State, _script);
        Settle(outcome.State);
    }

    private void RunEvent()
    {
        if (!_definition.IsState(_record.LeafBefore) || _signal is null)
        {
            _fault = "its signal or state is not in the definition";
            return;
        }

        switch (_record.Outcome.Kind)
        {
            case OutcomeKind.Ignored:
                Ask(ChartDefinition.Top);
                Stay();
                break;
            case OutcomeKind.Hook:
                RunHook(_record.Outcome.State);
                break;
            case OutcomeKind.Transition:
                RunTransition(_record.Outcome.Transition);
                break;
            case OutcomeKind.Dynamic:
                RunGoto(_record.Outcome.State, _record.Outcome.Target);
                break;
            default:
                _fault = "its outcome is not known";
                break;
        }
    }

    private void RunHook(int state)
    {
        AskUpTo(state);
        if (!IsOver)
        {
            _lines.Add($"{_signal}:{_definition.States[state].Name}:HOOK");
            Stay();
        }
    }

    private void RunTransition(int number)
    {
        if ((uint)number >= (uint)_definition.Transitions.Count)
        {
            _fault = "its transition is not in the definition";
            return;
        }

        var transition = _definition.Transitions[number];
        if (transition.Signal != _record.Signal)
        {
            _fault = "its transition belongs to another signal";
        }
        else if (transition.Target is { } target)
        {
            RunGoto(transition.Source, target);
        }
        else
        {
            // Only a fault is told by a transition without a target: it happened while that transition was at work.
            AskUpTo(transition.Source);
            _fault ??= _isCut ? null : "its transition goes nowhere";
        }
    }

    private void RunGoto(int source, int target)
    {
        if (!_definition.IsState(target))
        {
            _fault = "its target is not in the definition";
            return;
        }

        AskUpTo(source);
        if (!IsOver)
        {
            StepScript.Transition(_definition, _record.LeafBefore, source, target, _script);
            Settle(target);
        }
    }

    private void AskUpTo(int catcher)
    {
        if (!_definition.IsState(catcher) || !_definition.IsInside(_record.LeafBefore, catcher))
        {
            _fault = "the state that caught it is not around the settled state";
            return;
        }

        Ask(catcher);
    }

    // Offers the event to the settled state and outward to the one that caught it; top stands for nobody.
    private void Ask(int catcher)
    {
        for (var state = _record.LeafBefore; state != ChartDefinition.Top; state = _definition.ParentOf(state))
        {
            _lines.Add($"{_signal}:{_definition.States[state].Name}");
            Call();
            if (IsOver || state == catcher)
            {
                return;
            }

            var refused = _notes.Report is { } report ? report == Report.Unhandled
                : _definition.Reacts(state, _record.Signal);
            if (refused && _definition.Style == ChartStyle.Flat)
            {
                _lines.Add($"EMPTY_SIGNAL:{_definition.States[state].Name}");
            }
        }

        Call(); // top, which deals with the meta signals alone
    }

    // Runs the script, then the init of the state it leads to, and so on inward.
    private void Settle(int state)
    {
        while (true)
        {
            RunScript();
            if (IsOver)
            {
                return;
            }

            _lines.Add($"INIT_SIGNAL:{_definition.States[state].Name}");
            Call();
            if (IsOver)
            {
                return;
            }

            var isDynamic = _definition.States[state].Traits.HasFlag(StateTraits.DynamicInit);
            var target = isDynamic ? _notes.Target : _definition.States[state].InitialTarget;
            if (target is not { } inner)
            {
                _fault = state == _record.LeafAfter || _record.Kind == StepKind.Fault ? null
                    : "it ends in another state than it says";
                return;
            }

            if (inner == state || !_definition.IsInside(inner, state))
            {
                _fault = "an init leaves its state";
                return;
            }

            _script.Clear();
            StepScript.Enter(_definition, state, inner, _script);
            state = inner;
        }
    }

    private void RunScript()
    {
        var exitReport = Report.Super;
        foreach (var (operation, state) in _script)
        {
            var name = _definition.States[state].Name;
            switch (operation)
            {
                case ScriptOperation.Exit:
                    _lines.Add($"EXIT_SIGNAL:{name}");
                    Call();
                    exitReport = _notes.Report ?? _definition.States[state].Exit;
                    break;
                case ScriptOperation.Entry:
                    _lines.Add($"ENTRY_SIGNAL:{name}");
                    Call();
                    break;
                case ScriptOperation.Search:
                case ScriptOperation.SearchAfterExit when exitReport == Report.Handled:
                    _lines.Add($"SEARCH_FOR_SUPER_SIGNAL:{name}");
                    break;
            }

            if (IsOver)
            {
                return;
            }
        }
    }

    private void Call()
    {
        _fault = _notes.Tell(_place++);
        _isCut = _notes.IsCut;
    }

    private void Stay() =>
        _fault ??= _isCut || _record.LeafAfter == _record.LeafBefore ? null : "it ends in another state than it began";
}
