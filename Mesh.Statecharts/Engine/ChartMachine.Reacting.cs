using System.Runtime.CompilerServices;
using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Statecharts.Engine;

/// <content>The way of an event that no <see cref="DirectPlan{TContext}"/> covers.</content>
public sealed partial class ChartMachine<TContext>
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ReactSlow(int signal)
    {
        var leaf = _tables.Leaves[_leaf];
        if (leaf.HasMethods)
        {
            AskMethods(leaf, signal);
            return;
        }

        _tables.LookForDirect(leaf, signal);
        React((uint)signal < (uint)leaf.Row.Length ? leaf.Row[signal] : -1);
    }

    private void React(int number)
    {
        var leaf = _tables.Leaves[_leaf];
        var reactions = _tables.Reactions;
        _outcome = OutcomeKind.Transition;
        while (number >= 0)
        {
            ref readonly var reaction = ref reactions[number];
            _place = reaction.AskedAtDepth0 + leaf.Depth;
            _transitionOrState = number;
            if (!Allows(reaction.Code.Guard))
            {
                number = reaction.Next;
                continue;
            }

            Run(reaction.Code.Effect);
            if (IsConcluded(leaf, number, reaction))
            {
                return;
            }

            number = reaction.Outer;
        }

        _outcome = OutcomeKind.Ignored;
    }

    // Does what comes after the effect; false when somebody else is to be asked.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsConcluded(Leaf<TContext> leaf, int number, in Reaction<TContext> reaction)
    {
        switch (reaction.Kind)
        {
            case TransitionKind.Goto:
                var plan = _tables.PlanOf(leaf, number);
                _leaf = Follow(plan, CallPlace.Ordinal(_place) + 1).State;
                return true;
            case TransitionKind.Hook:
                _outcome = OutcomeKind.Hook;
                _transitionOrState = reaction.Source;
                return true;
            case TransitionKind.Dynamic:
                var name = reaction.Code.Target!(_context, _face, _payload);
                _leaf = GoChosen(leaf, reaction.Source, name).State;
                return true;
            case TransitionKind.Pass when _notes is not null && _chart.Definition.Style == ChartStyle.Flat:
                _notes.AddReport(CallPlace.Ordinal(_place), Report.Super);
                return false;
            default:
                return false;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Allows(in GuardCode<TContext> guard) =>
        guard.Simple is { } simple ? simple(_context) : guard.Full is null || AllowsFull(guard.Full);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Run(in EffectCode<TContext> code)
    {
        if (code.Simple is { } simple)
        {
            simple(_context);
        }
        else if (code.Full is not null)
        {
            RunFull(code.Full);
        }
    }

    // Apart, so that the common forms do not load what only the general ones need.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool AllowsFull(Guard<TContext> guard) => guard(_context, _face, _payload);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RunFull(Effect<TContext> effect) => effect(_context, _face, _payload);

    private Leaf<TContext> GoChosen(Leaf<TContext> leaf, int source, string? name)
    {
        if (name is null || !_chart.Definition.TryFindState(name, out var target))
        {
            throw new InvalidOperationException($"the chosen target '{name}' is no state of the chart");
        }

        _outcome = OutcomeKind.Dynamic;
        _transitionOrState = source;
        _target = target;
        return Follow(_tables.PlanOf(leaf, source, target), CallPlace.Ordinal(_place) + 1);
    }

    private Leaf<TContext> Follow(Plan<TContext> plan, int firstCall)
    {
        foreach (ref readonly var step in plan.Steps.AsSpan())
        {
            _place = step.Place + firstCall;
            Run(step.Code);
        }

        return plan.End.InitTarget is null ? plan.End : FollowChosenInit(plan, firstCall);
    }

    private Leaf<TContext> FollowChosenInit(Plan<TContext> plan, int firstCall)
    {
        var state = plan.End.State;
        var call = firstCall + plan.CallCount;
        _place = CallPlace.Of(state, call);
        var name = plan.End.InitTarget!(_context, _face, _payload);
        if (name is null)
        {
            return plan.End;
        }

        if (!_chart.Definition.TryFindState(name, out var target) || target == state
            || !_chart.Definition.IsInside(target, state))
        {
            throw new InvalidOperationException($"the chosen init '{name}' is no state inside of its own");
        }

        _notes?.Add(NoteKind.Target, call, target);
        return Follow(_tables.PlanInto(state, target), call + 1);
    }
}
