namespace Mesh.Statecharts.Engine;

/// <summary>A way from one settled state to the next, precomputed: the exits, entries and inits that have code, in
/// order.</summary>
internal sealed class Plan<TContext>(PlanStep<TContext>[] steps, int callCount, Leaf<TContext> end)
{
    /// <summary>What runs.</summary>
    public PlanStep<TContext>[] Steps => steps;

    /// <summary>How many handler calls the plan stands for, with those that have no code.</summary>
    public int CallCount => callCount;

    /// <summary>Where it ends: settled, unless that state chooses the target of its init at run time.</summary>
    public Leaf<TContext> End => end;
}
