namespace Mesh.Tests.Statecharts.Oracle;

/// <summary>The state functions of a chart: given a state and a signal, what runs and what is answered.</summary>
internal sealed class OracleStates
{
    private readonly Dictionary<string, StateSpec> _states;
    private readonly SpecStyle _style;
    private readonly string? _stateWithDefaults;

    /// <summary>Makes the state functions of a chart.</summary>
    public OracleStates(ChartSpec chart)
    {
        _states = chart.States.ToDictionary(state => state.Name);
        _style = chart.Style;

        // The first state of a factory chart for which any signal is registered gets handlers that report HANDLED
        // for entry, init and exit; the later ones do not.
        _stateWithDefaults = _style == SpecStyle.Factory
            ? chart.States.FirstOrDefault(state => state.HasHandlers())?.Name
            : null;
    }

    /// <summary>Calls a state function.</summary>
    /// <param name="name">The state.</param>
    /// <param name="signal">The signal.</param>
    /// <param name="memory">Variables and remembered states, for guards and dynamic targets.</param>
    /// <param name="run">Runs one action in the name of the state.</param>
    public OracleAnswer Call(string name, string signal, OracleMemory memory, Action<SpecAction> run)
    {
        var state = _states[name];
        var superstate = new OracleAnswer(OracleStatus.Super, state.Parent ?? OracleProcessor.Top);
        if (ReactionsTo(state, signal) is not { } reactions)
        {
            return superstate;
        }

        var reaction = reactions.FirstOrDefault(memory.Allows);
        foreach (var action in reaction?.Do ?? [])
        {
            run(action);
        }

        if (reaction?.Then is { } target)
        {
            return new OracleAnswer(OracleStatus.Transition, reaction.Slot() is { } slot ? memory.Slots[slot] : target);
        }

        return (reaction?.Report ?? SpecReport.Unhandled) switch
        {
            SpecReport.Handled => new OracleAnswer(OracleStatus.Handled),
            SpecReport.Unhandled when _style == SpecStyle.Flat && !OracleSignals.IsInner(signal) =>
                new OracleAnswer(OracleStatus.Unhandled),
            _ => superstate,
        };
    }

    // Null: not caught at all.
    private IReadOnlyList<ReactionSpec>? ReactionsTo(StateSpec state, string signal) => signal switch
    {
        OracleSignals.Entry => Single(state.Entry, state),
        OracleSignals.Exit => Single(state.Exit, state),
        OracleSignals.Init => Single(state.Init, state),
        _ => state.On.GetValueOrDefault(signal),
    };

    private IReadOnlyList<ReactionSpec>? Single(ReactionSpec? reaction, StateSpec state)
    {
        if (reaction is null && state.Name == _stateWithDefaults)
        {
            return [ReactionSpec.Handled];
        }

        return reaction is null ? null : [reaction];
    }
}
