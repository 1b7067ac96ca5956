namespace Mesh.Statecharts.Definition;

/// <summary>Gives one state its handlers, inner states and transitions. Not thread-safe.</summary>
/// <remarks>
/// Entry, exit and init may each be set once. A state that sets one reports <see cref="Report.Handled"/> for it unless
/// told
/// otherwise, a state that does not reports <see cref="Report.Super"/>; the difference shows in the spy alone.
/// </remarks>
/// <typeparam name="TContext">The data that the handlers work on.</typeparam>
public sealed partial class StateBuilder<TContext>
{
    private readonly ChartBuilder<TContext> _chart;
    private StateCode<TContext> _code;
    private bool _hasEntry;
    private bool _hasExit;
    private bool _hasInit;

    internal StateBuilder(ChartBuilder<TContext> chart, string name, string? parent, StateKind kind)
    {
        _chart = chart;
        Name = name;
        Parent = parent;
        Kind = kind;
    }

    /// <summary>What spy and trace print.</summary>
    public string Name { get; }

    internal string? Parent { get; }

    internal StateKind Kind { get; }

    internal Report EntryReport { get; private set; } = Report.Super;

    internal Report ExitReport { get; private set; } = Report.Super;

    internal Report InitReport { get; private set; } = Report.Super;

    internal IReadOnlyList<string> InitTargets { get; private set; } = [];

    internal StateCode<TContext> Code => _code;

    /// <summary>Adds a state inside of this one.</summary>
    /// <param name="name">What spy and trace print; unique in the chart.</param>
    /// <returns>The inner state.</returns>
    public StateBuilder<TContext> State(string name) => _chart.AddState(name, Name, StateKind.Ordinary);

    /// <summary>Adds a state of a kind inside of this one.</summary>
    /// <param name="name">What spy and trace print; unique in the chart.</param>
    /// <param name="kind">Anything but <see cref="StateKind.Ordinary"/> belongs to the Scxml profile.</param>
    /// <returns>The inner state.</returns>
    public StateBuilder<TContext> State(string name, StateKind kind) => _chart.AddState(name, Name, kind);

    /// <summary>Catches the entry without running code.</summary>
    /// <param name="reports">What the state answers.</param>
    /// <returns>This state.</returns>
    public StateBuilder<TContext> Entry(Report reports = Report.Handled) => SetEntry(default, reports);

    /// <summary>Runs code when the state is entered.</summary>
    /// <param name="handler">The code.</param>
    /// <param name="reports">What the state answers.</param>
    /// <returns>This state.</returns>
    public StateBuilder<TContext> Entry(Action<TContext> handler, Report reports = Report.Handled) =>
        SetEntry(new EffectCode<TContext>(handler), reports);

    /// <summary>Runs code when the state is entered.</summary>
    /// <param name="handler">The code; it may post, defer, recall and scribble.</param>
    /// <param name="reports">What the state answers.</param>
    /// <returns>This state.</returns>
    public StateBuilder<TContext> Entry(Action<TContext, IChart> handler, Report reports = Report.Handled) =>
        SetEntry(Wrap(handler), reports);

    /// <summary>Catches the exit without running code.</summary>
    /// <param name="reports">What the state answers.</param>
    /// <returns>This state.</returns>
    public StateBuilder<TContext> Exit(Report reports = Report.Handled) => SetExit(default, reports);

    /// <summary>Runs code when the state is left.</summary>
    /// <param name="handler">The code.</param>
    /// <param name="reports">What the state answers.</param>
    /// <returns>This state.</returns>
    public StateBuilder<TContext> Exit(Action<TContext> handler, Report reports = Report.Handled) =>
        SetExit(new EffectCode<TContext>(handler), reports);

    /// <summary>Runs code when the state is left.</summary>
    /// <param name="handler">The code; it may post, defer, recall and scribble.</param>
    /// <param name="reports">What the state answers.</param>
    /// <returns>This state.</returns>
    public StateBuilder<TContext> Exit(Action<TContext, IChart> handler, Report reports = Report.Handled) =>
        SetExit(Wrap(handler), reports);

    /// <summary>Catches the init without running code or going anywhere.</summary>
    /// <param name="reports">What the state answers.</param>
    /// <returns>This state.</returns>
    public StateBuilder<TContext> Init(Report reports = Report.Handled) => SetInit(default, null, null, reports);

    /// <summary>Runs code when a transition has settled in this state; goes nowhere.</summary>
    /// <param name="handler">The code.</param>
    /// <param name="reports">What the state answers.</param>
    /// <returns>This state.</returns>
    public StateBuilder<TContext> Init(Action<TContext> handler, Report reports = Report.Handled) =>
        SetInit(new EffectCode<TContext>(handler), null, null, reports);

    /// <summary>Runs code when a transition has settled in this state; goes nowhere.</summary>
    /// <param name="handler">The code; it may post, defer, recall and scribble.</param>
    /// <param name="reports">What the state answers.</param>
    /// <returns>This state.</returns>
    public StateBuilder<TContext> Init(Action<TContext, IChart> handler, Report reports = Report.Handled) =>
        SetInit(Wrap(handler), null, null, reports);

    /// <summary>Goes to an inner state when a transition has settled in this one.</summary>
    /// <param name="target">A state inside of this one, at any depth.</param>
    /// <returns>This state.</returns>
    public StateBuilder<TContext> Init(StateBuilder<TContext> target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return Init(target.Name);
    }

    /// <summary>Goes to an inner state when a transition has settled in this one.</summary>
    /// <param name="target">The name of a state inside of this one, which may be named later.</param>
    /// <returns>This state.</returns>
    public StateBuilder<TContext> Init(string target)
    {
        ArgumentException.ThrowIfNullOrEmpty(target);
        return SetInit(default, target, null, Report.Super);
    }

    /// <summary>Runs code, then goes to an inner state, when a transition has settled in this one.</summary>
    /// <param name="target">The name of a state inside of this one, which may be named later.</param>
    /// <param name="handler">The code.</param>
    /// <returns>This state.</returns>
    public StateBuilder<TContext> Init(string target, Action<TContext> handler)
    {
        ArgumentException.ThrowIfNullOrEmpty(target);
        return SetInit(new EffectCode<TContext>(handler), target, null, Report.Super);
    }

    /// <summary>Runs code, then goes to an inner state, when a transition has settled in this one.</summary>
    /// <param name="target">The name of a state inside of this one, which may be named later.</param>
    /// <param name="handler">The code; it may post, defer, recall and scribble.</param>
    /// <returns>This state.</returns>
    public StateBuilder<TContext> Init(string target, Action<TContext, IChart> handler)
    {
        ArgumentException.ThrowIfNullOrEmpty(target);
        return SetInit(Wrap(handler), target, null, Report.Super);
    }

    /// <summary>Runs code, if any, and goes to several inner states: how this state of the Scxml profile is entered by
    /// default, after its own entry.</summary>
    /// <param name="targets">The names of states inside of this one, in different regions; may be named later.</param>
    /// <param name="handler">The code; it may raise, send and scribble.</param>
    /// <returns>This state.</returns>
    public StateBuilder<TContext> Init(IReadOnlyList<string> targets, Action<TContext, IChart>? handler = null)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentOutOfRangeException.ThrowIfZero(targets.Count, nameof(targets));
        SetInit(handler is null ? default : Wrap(handler), null, null, Report.Super);
        InitTargets = [.. targets];
        return this;
    }

    /// <summary>Sets what the event carries that tells that the state around this final one is done.</summary>
    /// <param name="data">Gives the payload of <c>done.state.PARENT</c>; runs after the entry of this state.</param>
    /// <returns>This state.</returns>
    public StateBuilder<TContext> DoneData(Func<TContext, IChart, object?> data)
    {
        ArgumentNullException.ThrowIfNull(data);
        _code = _code with { DoneData = data };
        return this;
    }

    /// <summary>Goes to an inner state that is chosen when a transition has settled in this one.</summary>
    /// <param name="choose">Names a state inside of this one, or answers <see langword="null"/> to stay here.</param>
    /// <returns>This state.</returns>
    public StateBuilder<TContext> InitDynamic(Func<TContext, string?> choose)
    {
        ArgumentNullException.ThrowIfNull(choose);
        return SetInit(default, null, (context, _, _) => choose(context), Report.Handled);
    }

    /// <summary>Goes to an inner state that is chosen when a transition has settled in this one.</summary>
    /// <param name="choose">Names a state inside of this one, or answers <see langword="null"/> to stay here.</param>
    /// <returns>This state.</returns>
    public StateBuilder<TContext> InitDynamic(Func<TContext, IChart, string?> choose)
    {
        ArgumentNullException.ThrowIfNull(choose);
        return SetInit(default, null, (context, chart, _) => choose(context, chart), Report.Handled);
    }

    /// <summary>Begins a reaction to a signal; several for one signal are tried in their order until a guard lets one
    /// through.</summary>
    /// <param name="signal">What it reacts to.</param>
    /// <returns>The reaction: a hook (handled, nothing left or entered) until it is given a target.</returns>
    public TransitionBuilder<TContext> On(Signal signal)
    {
        ArgumentNullException.ThrowIfNull(signal);
        return new TransitionBuilder<TContext>(this, Draft([signal]));
    }

    /// <summary>Begins a reaction to a signal that carries a payload.</summary>
    /// <typeparam name="TPayload">What the events carry.</typeparam>
    /// <param name="signal">What it reacts to.</param>
    /// <returns>The reaction: a hook (handled, nothing left or entered) until it is given a target.</returns>
    public TransitionBuilder<TContext, TPayload> On<TPayload>(Signal<TPayload> signal)
    {
        ArgumentNullException.ThrowIfNull(signal);
        return new TransitionBuilder<TContext, TPayload>(this, Draft([signal]));
    }

    /// <summary>Begins a reaction to events by their descriptors: names or beginnings of names, <c>*</c> for all; of
    /// the Scxml profile.</summary>
    /// <param name="descriptors">One or more descriptors; a trailing <c>.*</c> is cut.</param>
    /// <returns>The reaction: without a target nothing is left or entered.</returns>
    public TransitionBuilder<TContext> OnAny(params IReadOnlyList<string> descriptors)
    {
        ArgumentNullException.ThrowIfNull(descriptors);
        ArgumentOutOfRangeException.ThrowIfZero(descriptors.Count, nameof(descriptors));
        Signal[] signals = [.. descriptors.Select(EventDescriptor.Normalise).Distinct().Select(_chart.SignalOf)];
        return new TransitionBuilder<TContext>(this, Draft(signals));
    }

    /// <summary>Begins a reaction that needs no event: it is taken as soon as its guard lets it, before any event; of
    /// the Scxml profile. In a history it is the default and has no guard.</summary>
    /// <returns>The reaction.</returns>
    public TransitionBuilder<TContext> Always() => new(this, Draft([]));

    private static EffectCode<TContext> Wrap(Action<TContext, IChart> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return new EffectCode<TContext>((context, chart, _) => handler(context, chart));
    }

    private TransitionDraft<TContext> Draft(IReadOnlyList<Signal> signals)
    {
        var draft = new TransitionDraft<TContext>(Name, signals);
        _chart.AddTransition(draft);
        return draft;
    }

    private StateBuilder<TContext> SetEntry(EffectCode<TContext> code, Report reports)
    {
        Once(ref _hasEntry, "entry");
        _code = _code with { Entry = code };
        EntryReport = reports;
        return this;
    }

    private StateBuilder<TContext> SetExit(EffectCode<TContext> code, Report reports)
    {
        Once(ref _hasExit, "exit");
        _code = _code with { Exit = code };
        ExitReport = reports;
        return this;
    }

    private StateBuilder<TContext> SetInit(
        EffectCode<TContext> code,
        string? target,
        TargetChooser<TContext>? chooser,
        Report reports)
    {
        Once(ref _hasInit, "init");
        _code = _code with { Init = code, InitTarget = chooser };
        InitTargets = target is null ? [] : [target];
        InitReport = reports;
        return this;
    }

    private void Once(ref bool isSet, string what)
    {
        if (isSet)
        {
            throw new ChartDefinitionException($"state '{Name}' has two handlers for its {what}");
        }

        isSet = true;
    }
}
