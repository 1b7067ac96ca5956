using System.Collections.Concurrent;
using Mesh.Statecharts.Definition;

namespace Mesh.Statecharts.Engine;

/// <content>The way of an event through states that are written as methods.</content>
public sealed partial class ChartMachine<TContext>
{
    // Methods are given signals that the definition does not have; these are told by the number of their name.
    private ConcurrentDictionary<int, Signal>? _met;

    /// <inheritdoc/>
    private protected override void Meet(int number, Signal signal)
    {
        if (_tables.HasMethods)
        {
            _met ??= new ConcurrentDictionary<int, Signal>();
            _met.TryAdd(number, signal);
        }
    }

    private Event EventOf(int signal) => (uint)signal < (uint)_chart.Code.Signals.Length
        ? new Event(_chart.Code.Signals[signal], _payload)
        : _met is { } met && met.TryGetValue(signal, out var known) ? new Event(known, _payload) : default;

    private void AskMethods(Leaf<TContext> leaf, int signal)
    {
        var received = EventOf(signal);
        if (received.Signal is null)
        {
            received = new Event(new Signal(
                Names.Signals.TryGet(signal, out var name) ? name : InnerSignals.SubscribeMeta), _payload);
        }

        var call = 0;
        for (var state = leaf.State; state != ChartDefinition.Top; state = _chart.Definition.ParentOf(state), call++)
        {
            _outcome = Instrumentation.OutcomeKind.Ignored;
            _place = CallPlace.Of(state, call);
            var isKept = _chart.Code.States[state].Method is { } method
                ? IsKept(leaf, state, method(_face, _context, received), received.Signal)
                : IsKeptByReactions(leaf, state, signal);
            if (isKept)
            {
                return;
            }
        }

        _outcome = Instrumentation.OutcomeKind.Ignored;
    }

    private bool IsKept(Leaf<TContext> leaf, int state, StateAnswer answer, Signal signal)
    {
        if (answer.Target is { } target)
        {
            _leaf = GoChosen(leaf, state, target).State;
            return true;
        }

        switch (answer.Report)
        {
            case Report.Handled:
                _outcome = Instrumentation.OutcomeKind.Hook;
                _transitionOrState = state;
                return true;
            case Report.Unhandled:
                _notes?.AddReport(CallPlace.Ordinal(_place), Report.Unhandled);
                return false;
            case Report.Super:
                return false;
            default:
                throw MethodCode.NoAnswer(_chart.Definition.States[state].Name, signal);
        }
    }

    // The reactions of one state of the builder among methods.
    private bool IsKeptByReactions(Leaf<TContext> leaf, int state, int signal)
    {
        var row = _tables.Leaves[state].Row;
        var number = (uint)signal < (uint)row.Length ? row[signal] : -1;
        while (number >= 0 && _tables.Reactions[number].Source == state)
        {
            ref readonly var reaction = ref _tables.Reactions[number];
            _outcome = Instrumentation.OutcomeKind.Transition;
            _transitionOrState = number;
            if (Allows(reaction.Code.Guard))
            {
                Run(reaction.Code.Effect);
                return IsConcluded(leaf, number, reaction);
            }

            number = reaction.Next;
        }

        return false;
    }
}
