using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Expressions;

namespace Mesh.Statecharts.Scxml;

/// <summary>Looks for what is probably wrong with a chart.</summary>
internal sealed class ChartReview(ScxmlFile file)
{
    private const int MaxFindings = 1_000;
    private const int MaxCompared = 500;
    private const string DonePrefix = "done.state.";

    private readonly List<ChartFinding> _findings = [];
    private readonly HashSet<TransitionNode> _dead = [];

    private bool IsSamek => file.Profile == Profile.Samek;

    /// <summary>Looks.</summary>
    public IReadOnlyList<ChartFinding> Findings()
    {
        foreach (var state in file.States.Values)
        {
            FindDead(state);
        }

        var reach = new Reachability(file, _dead);
        foreach (var state in file.States.Values.Where(state => !state.IsHistory && !reach.Reaches(state)))
        {
            Add(FindingKind.UnreachableState, $"no way leads to state '{state.Id}'", state.Position);
        }

        foreach (var state in file.States.Values)
        {
            FindChoices(state);
            FindWaits(state);
        }

        FindEndless();
        FindConflicts();
        FindNoEnd();
        FindUnused();
        FindUnknown();
        return [.. _findings.OrderBy(each => each.Position.Line).ThenBy(each => each.Position.Column)];
    }

    private void Add(FindingKind kind, string message, TextPosition position, bool isMistake = true)
    {
        if (_findings.Count < MaxFindings)
        {
            _findings.Add(new ChartFinding(kind, message, position, isMistake));
        }
    }

    private void FindDead(StateNode state)
    {
        var always = new List<TransitionNode>();
        foreach (var transition in state.Transitions)
        {
            var holds = Conditions.Constant(transition.Condition);
            if (holds == false)
            {
                _dead.Add(transition);
                Add(FindingKind.DeadTransition, "the condition never holds", transition.Condition!.Position);
            }
            else if (always.Take(MaxCompared).FirstOrDefault(each => Covers(each, transition)) is { } first)
            {
                _dead.Add(transition);
                Add(
                    FindingKind.DeadTransition,
                    $"the transition is never taken: the one in line {first.Position.Line} is always taken before it",
                    transition.Position);
            }
            else if (holds == true && PassesNothingOn(transition))
            {
                always.Add(transition);
            }
        }
    }

    private bool PassesNothingOn(TransitionNode transition) =>
        !IsSamek || transition.Targets is not null || transition.Report == Report.Handled;

    private bool Covers(TransitionNode first, TransitionNode second)
    {
        if (first.Events is null || second.Events is null)
        {
            return first.Events is null && second.Events is null;
        }

        return second.Events.Names.All(name => first.Events.Names.Any(descriptor => Matches(descriptor, name)));
    }

    private bool Matches(string descriptor, string name)
    {
        return IsSamek ? descriptor == name
            : EventDescriptor.Matches(EventDescriptor.Normalise(descriptor), EventDescriptor.Normalise(name));
    }

    private bool Meet(TransitionNode first, TransitionNode second)
    {
        if (first.Events is null || second.Events is null)
        {
            return first.Events is null && second.Events is null;
        }

        return first.Events.Names.Any(one => second.Events.Names.Any(
            other => Matches(one, other) || Matches(other, one)));
    }

    private static bool MayHoldTogether(TransitionNode first, TransitionNode second) =>
        first.Condition is null || second.Condition is null
            || !Conditions.AreExclusive(first.Condition.Expression, second.Condition.Expression);

    private void FindChoices(StateNode state)
    {
        var guarded = state.Transitions
            .Where(each => each.Condition is not null && !_dead.Contains(each)).Take(MaxCompared).ToList();
        for (var later = 1; later < guarded.Count; later++)
        {
            var first = guarded.Take(later).FirstOrDefault(
                each => Meet(each, guarded[later]) && MayHoldTogether(each, guarded[later]));
            if (first is not null)
            {
                Add(
                    FindingKind.Nondeterminism,
                    $"this condition and the one in line {first.Position.Line} may hold together; the first is taken",
                    guarded[later].Position);
            }
        }
    }

    private void FindEndless()
    {
        foreach (var transition in new EndlessWays(file, _dead).Find())
        {
            Add(
                FindingKind.NeverSettles,
                "the chart never settles: this transition needs no event, always holds and leads round to itself",
                transition.Position);
        }
    }

    // Transitions of two regions that cannot both be taken, because one leaves both.
    private void FindConflicts()
    {
        var sources = file.States.Values.Where(state => !state.IsHistory)
            .SelectMany(state => state.Transitions.Select(transition => (State: state, Transition: transition)))
            .Where(each => each.Transition.Targets is not null && !_dead.Contains(each.Transition))
            .Take(MaxCompared).ToList();
        for (var later = 1; later < sources.Count; later++)
        {
            var (state, transition) = sources[later];
            foreach (var (otherState, other) in sources.Take(later))
            {
                if (RegionsOf(state, otherState) is { } around && Meet(transition, other)
                    && (Leaves(transition, around) || Leaves(other, around)) && MayHoldTogether(transition, other))
                {
                    Add(
                        FindingKind.Nondeterminism,
                        $"this transition and the one in line {other.Position.Line} of another region exclude one "
                        + "another; the first in the file is taken",
                        transition.Position);
                    break;
                }
            }
        }
    }

    // The parallel state in two regions of which the states lie, if that is the innermost state around both.
    private static StateNode? RegionsOf(StateNode first, StateNode second)
    {
        for (var around = first.Parent; around is not null; around = around.Parent)
        {
            if (around == second || second.IsInside(around))
            {
                return around != second && around != first && around.Kind == StateKind.Parallel
                    && !first.IsInside(second) && !second.IsInside(first) ? around : null;
            }
        }

        return null;
    }

    private bool Leaves(TransitionNode transition, StateNode around) =>
        transition.Targets!.Names.Any(name => !file.States[name].IsInside(around));

    private void FindWaits(StateNode state)
    {
        foreach (var (name, position) in state.Transitions.SelectMany(each => each.Events?.Entries ?? []))
        {
            if (IsSamek || !name.StartsWith(DonePrefix, StringComparison.Ordinal))
            {
                continue;
            }

            var waited = EventDescriptor.Normalise(name)[DonePrefix.Length..];
            if (!file.States.TryGetValue(waited, out var other))
            {
                Add(FindingKind.UnknownName, $"there is no state '{waited}' to be done", position);
            }
            else if (!CanBeDone(other))
            {
                Add(
                    FindingKind.MissingFinal,
                    other.Kind == StateKind.Parallel ? $"state '{waited}' is never done: a region has no final state"
                        : $"state '{waited}' is never done: it has no final state",
                    position);
            }
        }
    }

    private static bool CanBeDone(StateNode state) => state.Kind == StateKind.Parallel
        ? state.Children.Where(child => !child.IsHistory).All(CanBeDone)
        : state.Children.Exists(child => child.Kind == StateKind.Final);

    private void FindNoEnd()
    {
        if (!IsSamek && !CanBeDone(file.Tree.Root))
        {
            Add(
                FindingKind.MissingFinal,
                "the chart has no final state: it never ends by itself",
                file.Tree.Root.Position,
                isMistake: false);
        }
    }

    private void FindUnused()
    {
        var names = file.States.Values.SelectMany(state => state.Transitions)
            .SelectMany(transition => transition.Events?.Names ?? []).Distinct().ToList();
        foreach (var (made, position) in file.MadeEvents)
        {
            if (!names.Exists(descriptor => Matches(descriptor, made)))
            {
                Add(FindingKind.UnusedSignal, $"nothing reacts to event '{made}'", position);
            }
        }
    }

    private void FindUnknown()
    {
        var steps = file.Tree.Root.All.SelectMany(StepsOf).ToList();
        var variables = file.Data.Select(data => data.Name).Concat(steps.SelectMany(step => step.Variables))
            .ToHashSet(StringComparer.Ordinal);
        var code = steps.SelectMany(step => step.Code)
            .Concat(file.Data.SelectMany(data => data.Value?.Code ?? []))
            .Concat(file.Tree.Root.All.SelectMany(state => state.DoneData?.Code ?? []))
            .Concat(file.States.Values.SelectMany(state => state.Transitions)
                .Select(transition => transition.Condition).OfType<CodeText>());
        foreach (var each in code)
        {
            foreach (var part in each.Expression.All)
            {
                FindUnknown(part, each.Position, variables);
            }
        }
    }

    private void FindUnknown(Expression part, TextPosition position, HashSet<string> variables)
    {
        if (part is VariableExpression variable && !variables.Contains(variable.Name)
            && !SystemVariables.Contains(variable.Name))
        {
            Add(FindingKind.UnknownName, $"there is no variable '{variable.Name}'", position);
        }

        if (part is InExpression { Parts: [LiteralExpression { Value: { Kind: DataKind.Text } state }] }
            && !file.States.ContainsKey(state.Text))
        {
            Add(FindingKind.UnknownName, $"there is no state '{state.Text}' to be in", position);
        }
    }

    private static IEnumerable<ContentStep> StepsOf(StateNode state)
    {
        IEnumerable<ContentBlock> blocks =
        [
            .. state.Entry, .. state.Exit, .. state.Init, .. state.Transitions.Select(each => each.Content),
            .. state.InitialContent is { } content ? [content] : (ContentBlock[])[],
        ];
        return blocks.SelectMany(block => block.Steps).SelectMany(WithInner);
    }

    private static IEnumerable<ContentStep> WithInner(ContentStep step) =>
        step.Inner.SelectMany(WithInner).Prepend(step);
}
