namespace Mesh.Statecharts.Definition;

/// <summary>The code of one state.</summary>
internal readonly record struct StateCode<TContext>(
    EffectCode<TContext> Entry,
    EffectCode<TContext> Exit,
    EffectCode<TContext> Init,
    TargetChooser<TContext>? InitTarget,
    Func<TContext, IChart, object?>? DoneData)
{
    /// <summary>The work that runs while the state is active.</summary>
    public IReadOnlyList<StateWork<TContext>>? Works { get; init; }

    /// <summary>The signals of the timers that run while the state is active.</summary>
    public IReadOnlyList<Signal>? Timers { get; init; }

    /// <summary>The method that the state is written as, if it is.</summary>
    public StateMethod<TContext>? Method { get; init; }
}
