using Mesh.Statecharts;
using Mesh.Statecharts.Definition;

namespace Mesh.Tests.Statecharts.ScxmlOracle;

/// <summary>A random chart as data: the states in document order.</summary>
internal sealed record RandomChart(
    IReadOnlyList<StateSpec> States,
    IReadOnlyList<TransitionSpec> Transitions,
    IReadOnlyList<string> Initial)
{
    /// <summary>Makes the chart that the engine runs.</summary>
    public Chart<EngineFace> Build()
    {
        return Chart.Define<EngineFace>("random", chart =>
        {
            chart.Profile(Profile.Scxml).Start(Initial);
            var states = new Dictionary<string, StateBuilder<EngineFace>>();
            foreach (var spec in States)
            {
                var state = spec.Parent is null ? chart.State(spec.Name, spec.Kind)
                    : states[spec.Parent].State(spec.Name, spec.Kind);
                states.Add(spec.Name, state);
                Define(state, spec);
            }

            foreach (var spec in Transitions)
            {
                Define(states[spec.Source], spec);
            }
        });
    }

    private static void Define(StateBuilder<EngineFace> state, StateSpec spec)
    {
        if (spec.Entry is { } entry)
        {
            state.Entry((face, chart) => entry.Run(face.In(chart)));
        }

        if (spec.Exit is { } exit)
        {
            state.Exit((face, chart) => exit.Run(face.In(chart)));
        }

        if (spec.Initial.Count > 0)
        {
            state.Init(spec.Initial, spec.Init is { } init ? (face, chart) => init.Run(face.In(chart)) : null);
        }
    }

    private static void Define(StateBuilder<EngineFace> state, TransitionSpec spec)
    {
        var transition = spec.Descriptors.Count == 0 ? state.Always() : state.OnAny(spec.Descriptors);
        if (spec.Guard is { } guard)
        {
            transition.When((face, chart) => guard.Ask(face.In(chart)));
        }

        if (spec.Effect is { } effect)
        {
            transition.Do((face, chart) => effect.Run(face.In(chart)));
        }

        if (spec.Targets.Count == 0)
        {
            transition.Handled();
        }
        else if (spec.IsInternal)
        {
            transition.GotoInside(spec.Targets);
        }
        else
        {
            transition.Goto(spec.Targets);
        }
    }
}
