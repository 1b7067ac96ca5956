namespace Mesh.Statecharts.Definition;

/// <summary>Collects the states of a chart. Made by <see cref="Chart.Define{TContext}"/>; not thread-safe.</summary>
/// <typeparam name="TContext">The data that the handlers work on.</typeparam>
public sealed class ChartBuilder<TContext>
{
    private readonly string _name;
    private readonly List<StateBuilder<TContext>> _states = [];
    private readonly List<TransitionDraft<TContext>> _transitions = [];
    private readonly List<Signal> _signals = [];
    private string _version = "";
    private ChartStyle _style;
    private Profile _profile;
    private IReadOnlyList<string> _start = [];

    internal ChartBuilder(string name) => _name = name;

    /// <summary>Sets the author's version of the chart; part of its hash. Empty by default.</summary>
    /// <param name="version">Free text of at most 256 bytes.</param>
    /// <returns>This builder.</returns>
    public ChartBuilder<TContext> Version(string version)
    {
        ArgumentNullException.ThrowIfNull(version);
        _version = version;
        return this;
    }

    /// <summary>Sets which meaning the chart has. <see cref="Definition.Profile.Samek"/> by default.</summary>
    /// <param name="profile">The profile.</param>
    /// <returns>This builder.</returns>
    public ChartBuilder<TContext> Profile(Profile profile)
    {
        _profile = profile;
        return this;
    }

    /// <summary>Sets how the states answer what they refuse. <see cref="ChartStyle.Flat"/> by default.</summary>
    /// <param name="style">The style; it changes spy lines, not behaviour.</param>
    /// <returns>This builder.</returns>
    public ChartBuilder<TContext> Style(ChartStyle style)
    {
        _style = style;
        return this;
    }

    /// <summary>Sets where the chart starts unless told otherwise at the start. The first state by default.</summary>
    /// <param name="state">The name of a state, which may be named later.</param>
    /// <returns>This builder.</returns>
    public ChartBuilder<TContext> Start(string state)
    {
        ArgumentException.ThrowIfNullOrEmpty(state);
        _start = [state];
        return this;
    }

    /// <summary>Sets in which states a chart of the Scxml profile starts, when they are several.</summary>
    /// <param name="states">The names of states in different regions, which may be named later.</param>
    /// <returns>This builder.</returns>
    public ChartBuilder<TContext> Start(IReadOnlyList<string> states)
    {
        ArgumentNullException.ThrowIfNull(states);
        ArgumentOutOfRangeException.ThrowIfZero(states.Count, nameof(states));
        _start = [.. states];
        return this;
    }

    /// <summary>Adds an outermost state.</summary>
    /// <param name="name">What spy and trace print; unique in the chart.</param>
    /// <returns>The state, to be given handlers, inner states and transitions.</returns>
    public StateBuilder<TContext> State(string name) => AddState(name, null, StateKind.Ordinary);

    /// <summary>Adds an outermost state that is written as a method.</summary>
    /// <param name="name">What spy and trace print; unique in the chart.</param>
    /// <param name="method">The state; Samek profile only.</param>
    /// <returns>This builder.</returns>
    public ChartBuilder<TContext> State(string name, StateMethod<TContext> method) => AddMethod(name, null, method);

    /// <summary>Adds a state inside of another that is written as a method.</summary>
    /// <param name="name">What spy and trace print; unique in the chart.</param>
    /// <param name="parent">The name of the state around it, which may be named later.</param>
    /// <param name="method">The state; Samek profile only.</param>
    /// <returns>This builder.</returns>
    public ChartBuilder<TContext> State(string name, string parent, StateMethod<TContext> method)
    {
        ArgumentException.ThrowIfNullOrEmpty(parent);
        return AddMethod(name, parent, method);
    }

    /// <summary>Names signals that state methods react to, so that they are in the definition. What is not named here
    /// is told by name as soon as the chart meets it; a chart can meet 1,024 such names.</summary>
    /// <param name="signals">The signals.</param>
    /// <returns>This builder.</returns>
    public ChartBuilder<TContext> Signals(params Signal[] signals)
    {
        ArgumentNullException.ThrowIfNull(signals);
        _signals.AddRange(signals);
        return this;
    }

    /// <summary>Adds an outermost state of a kind.</summary>
    /// <param name="name">What spy and trace print; unique in the chart.</param>
    /// <param name="kind">Anything but <see cref="StateKind.Ordinary"/> belongs to the Scxml profile.</param>
    /// <returns>The state, to be given handlers, inner states and transitions.</returns>
    public StateBuilder<TContext> State(string name, StateKind kind) => AddState(name, null, kind);

    /// <summary>Adds a state inside of another.</summary>
    /// <param name="name">What spy and trace print; unique in the chart.</param>
    /// <param name="parent">The name of the state around it, which may be named later.</param>
    /// <returns>The state, to be given handlers, inner states and transitions.</returns>
    public StateBuilder<TContext> State(string name, string parent)
    {
        ArgumentException.ThrowIfNullOrEmpty(parent);
        return AddState(name, parent, StateKind.Ordinary);
    }

    private ChartBuilder<TContext> AddMethod(string name, string? parent, StateMethod<TContext> method)
    {
        ArgumentNullException.ThrowIfNull(method);
        AddState(name, parent, StateKind.Ordinary).SetMethod(method);
        return this;
    }

    /// <summary>Whether the chart has this profile, as far as it was named.</summary>
    internal bool HasProfile(Profile profile) => _profile == profile;

    internal StateBuilder<TContext> AddState(string name, string? parent, StateKind kind)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var state = new StateBuilder<TContext>(this, name, parent, kind);
        _states.Add(state);
        return state;
    }

    /// <summary>The signal of a descriptor: a typed one of this name if a transition named it before.</summary>
    internal Signal SignalOf(string descriptor)
    {
        ArgumentException.ThrowIfNullOrEmpty(descriptor);
        var known = _transitions.SelectMany(transition => transition.Signals).FirstOrDefault(
            signal => signal.Name == descriptor);
        return known ?? new Signal(descriptor);
    }

    internal void AddTransition(TransitionDraft<TContext> transition) => _transitions.Add(transition);

    internal Chart<TContext> Build()
    {
        var states = _profile == Definition.Profile.Scxml ? DocumentOrder.Of(_states) : _states;
        var assembly = new ChartAssembly<TContext>(_name, states);
        var start = assembly.NumbersOf(_start, "the start");
        _signals.ForEach(assembly.Declare);
        if (_profile != Definition.Profile.Samek && _states.Exists(state => state.Code.Method is not null))
        {
            throw new ChartDefinitionException($"chart '{_name}': states that are methods belong to the Samek profile");
        }

        var data = new ChartDefinitionData
        {
            Version = _version,
            Profile = _profile,
            Style = _style,
            InitialTargets = _profile == Definition.Profile.Scxml ? start : [],
            States = [.. states.Select(assembly.Define)],
            Transitions = [.. _transitions.Select(assembly.Define)],
            Signals = [.. assembly.Signals.Select(signal => new SignalDefinition(signal.Name, signal.PayloadName))],
        };
        if (!ChartDefinition.TryCreate(data, out var definition, out var refusal))
        {
            throw new ChartDefinitionException($"chart '{_name}': {refusal}");
        }

        var code = new ChartCode<TContext>(
            [.. states.Select(state => state.CompleteCode())],
            [.. _transitions.Select(transition => transition.Code)],
            [.. assembly.Signals]);
        return new Chart<TContext>(_name, definition!, start.Length == 0 ? 0 : start[0], code);
    }
}
