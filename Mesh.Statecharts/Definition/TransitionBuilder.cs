namespace Mesh.Statecharts.Definition;

/// <summary>Says what one reaction does: guard, effect, then where to. A hook unless it is ended otherwise.</summary>
/// <typeparam name="TContext">The data that the handlers work on.</typeparam>
public sealed class TransitionBuilder<TContext>
{
    private readonly StateBuilder<TContext> _state;
    private readonly TransitionDraft<TContext> _draft;

    internal TransitionBuilder(StateBuilder<TContext> state, TransitionDraft<TContext> draft)
    {
        _state = state;
        _draft = draft;
    }

    /// <summary>Lets the reaction happen only when the guard says so; else the next one, then the parent is
    /// asked.</summary>
    /// <param name="guard">The guard.</param>
    /// <returns>This reaction.</returns>
    public TransitionBuilder<TContext> When(Func<TContext, bool> guard) =>
        SetGuard(null, new GuardCode<TContext>(guard));

    /// <summary>Lets the reaction happen only when the guard says so; else the next one, then the parent is
    /// asked.</summary>
    /// <param name="name">What drawings call the guard.</param>
    /// <param name="guard">The guard.</param>
    /// <returns>This reaction.</returns>
    public TransitionBuilder<TContext> When(string name, Func<TContext, bool> guard)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return SetGuard(name, new GuardCode<TContext>(guard));
    }

    /// <summary>Lets the reaction happen only when the guard says so; else the next one, then the parent is
    /// asked.</summary>
    /// <param name="guard">The guard.</param>
    /// <returns>This reaction.</returns>
    public TransitionBuilder<TContext> When(Func<TContext, IChart, bool> guard)
    {
        ArgumentNullException.ThrowIfNull(guard);
        return SetGuard(null, new GuardCode<TContext>((context, chart, _) => guard(context, chart)));
    }

    /// <summary>Lets the reaction happen only when the guard says so; else the next one, then the parent is
    /// asked.</summary>
    /// <param name="name">What drawings call the guard.</param>
    /// <param name="guard">The guard.</param>
    /// <returns>This reaction.</returns>
    public TransitionBuilder<TContext> When(string name, Func<TContext, IChart, bool> guard)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(guard);
        return SetGuard(name, new GuardCode<TContext>((context, chart, _) => guard(context, chart)));
    }

    /// <summary>Runs code before anything is left or entered.</summary>
    /// <param name="effect">The code.</param>
    /// <returns>This reaction.</returns>
    public TransitionBuilder<TContext> Do(Action<TContext> effect) => SetEffect(null, new EffectCode<TContext>(effect));

    /// <summary>Runs code before anything is left or entered.</summary>
    /// <param name="name">What drawings call the code.</param>
    /// <param name="effect">The code.</param>
    /// <returns>This reaction.</returns>
    public TransitionBuilder<TContext> Do(string name, Action<TContext> effect)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return SetEffect(name, new EffectCode<TContext>(effect));
    }

    /// <summary>Runs code before anything is left or entered.</summary>
    /// <param name="effect">The code; it may post, defer, recall and scribble.</param>
    /// <returns>This reaction.</returns>
    public TransitionBuilder<TContext> Do(Action<TContext, IChart> effect)
    {
        ArgumentNullException.ThrowIfNull(effect);
        return SetEffect(null, new EffectCode<TContext>((context, chart, _) => effect(context, chart)));
    }

    /// <summary>Runs code before anything is left or entered.</summary>
    /// <param name="name">What drawings call the code.</param>
    /// <param name="effect">The code; it may post, defer, recall and scribble.</param>
    /// <returns>This reaction.</returns>
    public TransitionBuilder<TContext> Do(string name, Action<TContext, IChart> effect)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(effect);
        return SetEffect(name, new EffectCode<TContext>((context, chart, _) => effect(context, chart)));
    }

    /// <summary>Ends the reaction with a transition. A transition to an ancestor does not leave it, one inward does
    /// not leave the source.</summary>
    /// <param name="target">The target.</param>
    /// <returns>The state that has the reaction, to go on with.</returns>
    public StateBuilder<TContext> Goto(StateBuilder<TContext> target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return Goto(target.Name);
    }

    /// <summary>Ends the reaction with a transition.</summary>
    /// <param name="target">The name of the target, which may be named later.</param>
    /// <returns>The state that has the reaction, to go on with.</returns>
    public StateBuilder<TContext> Goto(string target)
    {
        ArgumentException.ThrowIfNullOrEmpty(target);
        return End(TransitionKind.Goto, target);
    }

    /// <summary>Ends the reaction with a transition to several targets; of the Scxml profile.</summary>
    /// <param name="targets">The names of states in different regions, which may be named later.</param>
    /// <returns>The state that has the reaction, to go on with.</returns>
    public StateBuilder<TContext> Goto(IReadOnlyList<string> targets) => End(TransitionKind.Goto, targets);

    /// <summary>Ends the reaction with an internal transition, which does not leave its source; of the Scxml
    /// profile.</summary>
    /// <param name="targets">The names of states inside of the source.</param>
    /// <returns>The state that has the reaction, to go on with.</returns>
    public StateBuilder<TContext> GotoInside(params IReadOnlyList<string> targets) =>
        End(TransitionKind.Internal, targets);

    /// <summary>Ends the reaction with a transition to a target that is chosen when it happens; a history, for
    /// example.</summary>
    /// <param name="choose">Names the target. An unknown name, or none, is a fault of the chart.</param>
    /// <returns>The state that has the reaction, to go on with.</returns>
    public StateBuilder<TContext> GotoDynamic(Func<TContext, string?> choose)
    {
        ArgumentNullException.ThrowIfNull(choose);
        return End(TransitionKind.Dynamic, chooser: (context, _, _) => choose(context));
    }

    /// <summary>Ends the reaction with a transition to a target that is chosen when it happens.</summary>
    /// <param name="choose">Names the target. An unknown name, or none, is a fault of the chart.</param>
    /// <returns>The state that has the reaction, to go on with.</returns>
    public StateBuilder<TContext> GotoDynamic(Func<TContext, IChart, string?> choose)
    {
        ArgumentNullException.ThrowIfNull(choose);
        return End(TransitionKind.Dynamic, chooser: (context, chart, _) => choose(context, chart));
    }

    /// <summary>Ends the reaction as a hook: handled, nothing left or entered.</summary>
    /// <returns>The state that has the reaction, to go on with.</returns>
    public StateBuilder<TContext> Handled() => End(TransitionKind.Hook);

    /// <summary>Ends the reaction with a refusal (UNHANDLED): its code ran, and the parent is asked.</summary>
    /// <returns>The state that has the reaction, to go on with.</returns>
    public StateBuilder<TContext> Refuse() => End(TransitionKind.Refuse);

    /// <summary>Ends the reaction as if the event had not been caught (SUPER): its code ran, and the parent is
    /// asked.</summary>
    /// <returns>The state that has the reaction, to go on with.</returns>
    public StateBuilder<TContext> Pass() => End(TransitionKind.Pass);

    private TransitionBuilder<TContext> SetGuard(string? name, GuardCode<TContext> guard)
    {
        _draft.SetGuard(name, guard);
        return this;
    }

    private TransitionBuilder<TContext> SetEffect(string? name, EffectCode<TContext> effect)
    {
        _draft.SetEffect(name, effect);
        return this;
    }

    private StateBuilder<TContext> End(
        TransitionKind kind,
        string? target = null,
        TargetChooser<TContext>? chooser = null)
    {
        _draft.End(kind, target, chooser);
        return _state;
    }

    private StateBuilder<TContext> End(TransitionKind kind, IReadOnlyList<string> targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentOutOfRangeException.ThrowIfZero(targets.Count, nameof(targets));
        _draft.End(kind, [.. targets]);
        return _state;
    }
}
