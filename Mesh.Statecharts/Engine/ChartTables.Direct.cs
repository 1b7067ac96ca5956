using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Statecharts.Engine;

/// <content>Plans that are run at once.</content>
internal sealed partial class ChartTables<TContext>
{
    // For a state that no event came to.
    private static readonly DirectPlan<TContext>?[] Unvisited = [];

    // For a signal that was looked at and has no such plan.
    private static readonly DirectPlan<TContext> None = MakeIgnored(ChartDefinition.Top);

    private readonly DirectPlan<TContext>?[]?[] _looked;

    /// <summary>
    /// For each state, and for each signal of the definition, the plan to run at once, if one was made before. Rows are
    /// empty before the first. Any thread.
    /// </summary>
    public DirectPlan<TContext>?[][] Direct { get; }

    /// <summary>Makes the plan to be run at once for a signal in a state, if that was not tried before. Any
    /// thread.</summary>
    /// <param name="leaf">The state.</param>
    /// <param name="signal">The signal.</param>
    public void LookForDirect(Leaf<TContext> leaf, int signal)
    {
        if ((uint)signal >= (uint)leaf.Row.Length)
        {
            return;
        }

        var looked = Rent(ref _looked[leaf.State]!, null, leaf.Row.Length);
        if (Volatile.Read(ref looked[signal]) is not null)
        {
            return;
        }

        var number = leaf.Row[signal];
        var plan = number < 0 ? MakeIgnored(leaf.State) : MakeDirect(leaf, number);
        var row = Rent(ref Direct[leaf.State]!, Unvisited, leaf.Row.Length);
        Volatile.Write(ref row[signal], plan);
        Volatile.Write(ref looked[signal], plan ?? None);
    }

    // Two threads may come at once: the array that was there first stays.
    private static DirectPlan<TContext>?[] Rent(
        ref DirectPlan<TContext>?[]? place, DirectPlan<TContext>?[]? empty, int length)
    {
        var there = Volatile.Read(ref place);
        if (there == empty)
        {
            var fresh = new DirectPlan<TContext>?[length];
            there = Interlocked.CompareExchange(ref place, fresh, empty);
            return there == empty ? fresh : there!;
        }

        return there!;
    }

    private static DirectPlan<TContext> MakeIgnored(int state) => new()
    {
        Outcome = OutcomeKind.Ignored,
        Transition = -1,
        TransitionOrState = -1,
        End = state,
        Steps = [],
    };

    // Null when something on the way asks for more than the data, or a target is chosen at run time.
    private DirectPlan<TContext>? MakeDirect(Leaf<TContext> leaf, int number)
    {
        ref readonly var reaction = ref Reactions[number];
        var asked = reaction.AskedAtDepth0 + leaf.Depth;
        var steps = new List<PlanStep<TContext>>();
        if (!reaction.Code.Effect.IsEmpty)
        {
            steps.Add(new PlanStep<TContext>(reaction.Code.Effect, asked));
        }

        var end = leaf;
        if (reaction.Kind == TransitionKind.Goto)
        {
            var plan = PlanOf(leaf, number);
            end = plan.End;
            steps.AddRange(plan.Steps.Select(
                step => step with { Place = step.Place + CallPlace.Ordinal(asked) + 1 }));
        }

        var isDirect = reaction.Kind is TransitionKind.Goto or TransitionKind.Hook
            && end.InitTarget is null
            && reaction.Code.Guard.Full is null
            && steps.TrueForAll(step => step.Code.Simple is not null);
        return !isDirect ? null : new DirectPlan<TContext>
        {
            Outcome = reaction.Kind == TransitionKind.Goto ? OutcomeKind.Transition : OutcomeKind.Hook,
            Transition = number,
            TransitionOrState = reaction.Kind == TransitionKind.Goto ? number : reaction.Source,
            End = end.State,
            Guard = reaction.Code.Guard.Simple,
            AskedAt = asked,
            Next = reaction.Next,
            Steps = [.. steps.Select(step => new DirectStep<TContext>(step.Code.Simple!, step.Place))],
        };
    }
}
