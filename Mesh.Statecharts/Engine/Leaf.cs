using Mesh.Statecharts.Definition;

namespace Mesh.Statecharts.Engine;

/// <summary>What the engine needs to know of a state while the chart is settled in it.</summary>
internal sealed class Leaf<TContext>(int state, int depth, int[] row, TargetChooser<TContext>? initTarget)
{
    private Plan<TContext>?[]? _plans;

    /// <summary>The number of the state.</summary>
    public int State => state;

    /// <summary>How deep it lies.</summary>
    public int Depth => depth;

    /// <summary>For each signal of the definition the first transition to try, from this state outward; or
    /// -1.</summary>
    public int[] Row => row;

    /// <summary>Whether the state or one around it is written as a method.</summary>
    public bool HasMethods { get; init; }

    /// <summary>What names the target of the init at run time, if anything.</summary>
    public TargetChooser<TContext>? InitTarget => initTarget;

    /// <summary>The plan of a transition from here, if it was made before. Any thread.</summary>
    public Plan<TContext>? FindPlan(int transition)
    {
        var plans = Volatile.Read(ref _plans);
        return plans is null ? null : Volatile.Read(ref plans[transition]);
    }

    /// <summary>Keeps the plan of a transition from here. Any thread: two make the same plan.</summary>
    public void KeepPlan(int transition, int transitionCount, Plan<TContext> plan)
    {
        var plans = Volatile.Read(ref _plans);
        if (plans is null)
        {
            plans = new Plan<TContext>?[transitionCount];
            plans = Interlocked.CompareExchange(ref _plans, plans, null) ?? plans;
        }

        Volatile.Write(ref plans[transition], plan);
    }
}
