namespace Mesh.Statecharts.Definition;

/// <summary>Collects the states of a chart. Made by <see cref="Chart.Define{TContext}"/>; not thread-safe.</summary>
/// <typeparam name="TContext">The data that the handlers work on.</typeparam>
public sealed class ChartBuilder<TContext>
{
    private readonly string _name;
    private readonly List<StateBuilder<TContext>> _states = [];
    private readonly List<TransitionDraft<TContext>> _transitions = [];
    private string _version = "";
    private ChartStyle _style;
    private string? _start;

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
        _start = state;
        return this;
    }

    /// <summary>Adds an outermost state.</summary>
    /// <param name="name">What spy and trace print; unique in the chart.</param>
    /// <returns>The state, to be given handlers, inner states and transitions.</returns>
    public StateBuilder<TContext> State(string name) => AddState(name, null);

    /// <summary>Adds a state inside of another.</summary>
    /// <param name="name">What spy and trace print; unique in the chart.</param>
    /// <param name="parent">The name of the state around it, which may be named later.</param>
    /// <returns>The state, to be given handlers, inner states and transitions.</returns>
    public StateBuilder<TContext> State(string name, string parent)
    {
        ArgumentException.ThrowIfNullOrEmpty(parent);
        return AddState(name, parent);
    }

    internal StateBuilder<TContext> AddState(string name, string? parent)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        var state = new StateBuilder<TContext>(this, name, parent);
        _states.Add(state);
        return state;
    }

    internal void AddTransition(TransitionDraft<TContext> transition) => _transitions.Add(transition);

    internal Chart<TContext> Build()
    {
        var assembly = new ChartAssembly<TContext>(_name, _states);
        var data = new ChartDefinitionData
        {
            Version = _version,
            Style = _style,
            States = [.. _states.Select(assembly.Define)],
            Transitions = [.. _transitions.Select(assembly.Define)],
            Signals = [.. assembly.Signals.Select(signal => new SignalDefinition(signal.Name, signal.PayloadName))],
        };
        if (!ChartDefinition.TryCreate(data, out var definition, out var refusal))
        {
            throw new ChartDefinitionException($"chart '{_name}': {refusal}");
        }

        var start = assembly.NumberOf(_start ?? definition!.States[0].Name, "the start");
        var code = new ChartCode<TContext>(
            [.. _states.Select(state => state.Code)],
            [.. _transitions.Select(transition => transition.Code)],
            [.. assembly.Signals]);
        return new Chart<TContext>(_name, definition!, start, code);
    }
}
