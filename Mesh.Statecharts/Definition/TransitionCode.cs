namespace Mesh.Statecharts.Definition;

/// <summary>The code of one transition.</summary>
internal readonly record struct TransitionCode<TContext>(
    GuardCode<TContext> Guard,
    EffectCode<TContext> Effect,
    TargetChooser<TContext>? Target)
{
    /// <summary>Whether it puts its event aside.</summary>
    public bool IsDeferral { get; init; }
}
