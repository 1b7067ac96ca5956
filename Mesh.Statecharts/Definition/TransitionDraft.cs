namespace Mesh.Statecharts.Definition;

/// <summary>A transition while its builder is at work: first a hook, then what its author makes of it.</summary>
internal sealed class TransitionDraft<TContext>(string source, IReadOnlyList<Signal> signals)
{
    private GuardCode<TContext> _guard;
    private EffectCode<TContext> _effect;
    private TargetChooser<TContext>? _chooser;
    private bool _ended;
    private bool _isDeferral;

    public string Source => source;

    /// <summary>What it reacts to; empty when it is taken without an event.</summary>
    public IReadOnlyList<Signal> Signals => signals;

    public string? GuardName { get; private set; }

    public string? EffectName { get; private set; }

    public IReadOnlyList<string> Targets { get; private set; } = [];

    public TransitionKind Kind { get; private set; } = TransitionKind.Hook;

    public TransitionCode<TContext> Code => new(_guard, _effect, _chooser) { IsDeferral = _isDeferral };

    /// <summary>What messages call its signals.</summary>
    public string SignalText => signals.Count == 0 ? "no event" : string.Join(' ', signals.Select(each => each.Name));

    public void SetGuard(string? name, GuardCode<TContext> guard)
    {
        RefuseWhen(!_guard.IsEmpty, "two guards; join them into one");
        GuardName = name;
        _guard = guard;
    }

    public void SetEffect(string? name, EffectCode<TContext> effect)
    {
        RefuseWhen(!_effect.IsEmpty, "two effects; join them into one");
        EffectName = name;
        _effect = effect;
    }

    /// <summary>Says that it puts its event aside.</summary>
    public void MarkDeferral() => _isDeferral = true;

    public void End(TransitionKind kind, string? target = null, TargetChooser<TContext>? chooser = null)
    {
        End(kind, target is null ? [] : [target]);
        _chooser = chooser;
    }

    public void End(TransitionKind kind, IReadOnlyList<string> targets)
    {
        RefuseWhen(_ended, "two ends (Goto, GotoInside, GotoDynamic, Handled, Refuse or Pass)");
        _ended = true;
        Kind = kind;
        Targets = targets;
    }

    private void RefuseWhen(bool fault, string what)
    {
        if (fault)
        {
            throw new ChartDefinitionException($"the transition of state '{source}' on {SignalText} has {what}");
        }
    }
}
