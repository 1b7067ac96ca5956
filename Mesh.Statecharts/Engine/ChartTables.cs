using System.Collections.Concurrent;
using Mesh.Statecharts.Definition;

namespace Mesh.Statecharts.Engine;

/// <summary>
/// A chart compiled for dispatch: which transitions to try for a signal in a state, and what runs when one is taken.
/// Shared by everything that runs the chart; plans are made when they are first needed and kept.
/// </summary>
internal sealed partial class ChartTables<TContext>
{
    private const int MaxFreePlans = 4_096;

    private readonly ChartDefinition _definition;
    private readonly ChartCode<TContext> _code;
    private readonly Leaf<TContext>[] _leaves;
    private readonly ConcurrentDictionary<(int Leaf, int Source, int Target), Plan<TContext>> _freePlans = new();

    public ChartTables(ChartDefinition definition, ChartCode<TContext> code)
    {
        _definition = definition;
        _code = code;
        Reactions = new Reaction<TContext>[definition.Transitions.Count];
        _leaves = new Leaf<TContext>[definition.States.Count];
        _looked = new DirectPlan<TContext>?[definition.States.Count][];
        Direct = new DirectPlan<TContext>?[definition.States.Count][];
        Array.Fill(Direct, Unvisited);
        var own = new List<int>?[definition.States.Count];
        for (var transition = 0; transition < Reactions.Length; transition++)
        {
            (own[definition.Transitions[transition].Source] ??= []).Add(transition);
        }

        var nothing = new int[definition.Signals.Count];
        Array.Fill(nothing, -1);
        foreach (var state in Enumerable.Range(0, _leaves.Length).OrderBy(definition.DepthOf))
        {
            var outer = definition.ParentOf(state) is var parent and not ChartDefinition.Top
                ? _leaves[parent].Row : nothing;
            var row = own[state] is { } transitions ? MakeRow(outer, transitions) : outer;
            _leaves[state] = new Leaf<TContext>(
                state, definition.DepthOf(state), row, code.States[state].InitTarget)
            {
                HasMethods = code.States[state].Method is not null
                    || (definition.ParentOf(state) is var around and not ChartDefinition.Top
                        && _leaves[around].HasMethods),
            };
        }
    }

    /// <summary>Whether a state of the chart is written as a method.</summary>
    public bool HasMethods => Array.Exists(_code.States, state => state.Method is not null);

    /// <summary>The transitions by their numbers.</summary>
    public Reaction<TContext>[] Reactions { get; }

    /// <summary>What the engine needs to know of the states, by their numbers.</summary>
    public Leaf<TContext>[] Leaves => _leaves;

    /// <summary>The plan of a transition of the definition.</summary>
    public Plan<TContext> PlanOf(Leaf<TContext> leaf, int transition) =>
        leaf.FindPlan(transition) ?? MakePlan(leaf, transition);

    /// <summary>The plan of a transition to a target that was chosen at run time.</summary>
    public Plan<TContext> PlanOf(Leaf<TContext> leaf, int source, int target)
    {
        return _freePlans.TryGetValue((leaf.State, source, target), out var plan) ? plan
            : MakeFreePlan(leaf.State, source, target);
    }

    /// <summary>The plan of an init that chose its target, and of a start, whose boundary is top.</summary>
    public Plan<TContext> PlanInto(int boundary, int target)
    {
        return _freePlans.TryGetValue((boundary, ChartDefinition.Top, target), out var plan) ? plan
            : MakePlanInto(boundary, target);
    }

    private int[] MakeRow(int[] outer, List<int> transitions)
    {
        var row = (int[])outer.Clone();

        // From the last to the first, so that each finds the one to try after it in the row.
        for (var index = transitions.Count - 1; index >= 0; index--)
        {
            var number = transitions[index];
            var transition = _definition.Transitions[number];
            Reactions[number] = new Reaction<TContext>
            {
                Code = _code.Transitions[number],
                Kind = transition.Kind,
                Source = transition.Source,
                Next = row[transition.Signal],
                Outer = outer[transition.Signal],
                AskedAtDepth0 = CallPlace.Of(transition.Source, 0) - _definition.DepthOf(transition.Source),
            };
            row[transition.Signal] = number;
        }

        return row;
    }

    private Plan<TContext> MakePlan(Leaf<TContext> leaf, int number)
    {
        var transition = _definition.Transitions[number];
        var target = transition.Target!.Value;
        var script = new List<ScriptStep>();
        StepScript.Transition(_definition, leaf.State, transition.Source, target, script);
        var plan = MakePlan(script, target);
        leaf.KeepPlan(number, Reactions.Length, plan);
        return plan;
    }

    private Plan<TContext> MakeFreePlan(int leaf, int source, int target)
    {
        var script = new List<ScriptStep>();
        StepScript.Transition(_definition, leaf, source, target, script);
        return KeepFree((leaf, source, target), MakePlan(script, target));
    }

    private Plan<TContext> MakePlanInto(int boundary, int target)
    {
        var script = new List<ScriptStep>();
        StepScript.Enter(_definition, boundary, target, script);
        return KeepFree((boundary, ChartDefinition.Top, target), MakePlan(script, target));
    }

    private Plan<TContext> MakePlan(List<ScriptStep> script, int target)
    {
        var steps = new List<PlanStep<TContext>>();
        var calls = 0;
        while (true)
        {
            foreach (var (operation, state) in script)
            {
                if (operation is ScriptOperation.Exit or ScriptOperation.Entry)
                {
                    var code = _code.States[state];
                    Add(operation == ScriptOperation.Exit ? code.Exit : code.Entry, state);
                }
            }

            if (_code.States[target].InitTarget is not null)
            {
                break;
            }

            Add(_code.States[target].Init, target);
            if (_definition.States[target].InitialTarget is not { } inner)
            {
                break;
            }

            script.Clear();
            StepScript.Enter(_definition, target, inner, script);
            target = inner;
        }

        return new Plan<TContext>([.. steps], calls, _leaves[target]);

        void Add(EffectCode<TContext> code, int state)
        {
            if (!code.IsEmpty)
            {
                steps.Add(new PlanStep<TContext>(code, CallPlace.Of(state, calls)));
            }

            calls++;
        }
    }

    // Chosen targets are few in practice; past the bound a plan is made anew each time rather than kept.
    private Plan<TContext> KeepFree((int Leaf, int Source, int Target) key, Plan<TContext> plan)
    {
        if (_freePlans.Count < MaxFreePlans)
        {
            _freePlans.TryAdd(key, plan);
        }

        return plan;
    }
}
