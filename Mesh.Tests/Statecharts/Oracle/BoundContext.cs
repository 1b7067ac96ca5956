using Mesh.Statecharts;

namespace Mesh.Tests.Statecharts.Oracle;

/// <summary>The context of a chart that was built from a <see cref="ChartSpec"/>: what its handlers work on.</summary>
internal sealed class BoundContext
{
    private readonly Dictionary<string, List<TimedPostId>> _timed = [];

    /// <summary>Variables and remembered states.</summary>
    public OracleMemory Memory { get; } = new();

    /// <summary>Runs actions in the name of a state.</summary>
    public void Run(IEnumerable<SpecAction> actions, IChart chart, string state)
    {
        foreach (var action in actions)
        {
            Run(action, chart, state);
        }
    }

    private void Run(SpecAction action, IChart chart, string state)
    {
        switch (action.Kind)
        {
            case SpecActionKind.Scribble:
                chart.Scribble(action.Text);
                break;
            case SpecActionKind.PostFifo:
                chart.PostFifo(SpecSignals.Of(action.Text));
                break;
            case SpecActionKind.PostLifo:
                chart.PostLifo(SpecSignals.Of(action.Text));
                break;
            case SpecActionKind.Defer:
                chart.Defer(SpecSignals.Of(action.Text));
                break;
            case SpecActionKind.Recall:
                chart.Recall();
                break;
            case SpecActionKind.Set:
                Memory.Variables[action.Text] = action.Number;
                break;
            case SpecActionKind.Add:
                Memory.Variables[action.Text] = Memory.Variables.GetValueOrDefault(action.Text) + action.Number;
                break;
            case SpecActionKind.Remember:
                Memory.Slots[action.Text] = state;
                break;
            case SpecActionKind.TimedFifo or SpecActionKind.TimedLifo:
                PostTimed(action, chart);
                break;
            case SpecActionKind.Cancel:
                _timed.GetValueOrDefault(action.Text, []).ForEach(chart.CancelEvent);
                break;
            case SpecActionKind.Subscribe:
                chart.Subscribe(SpecSignals.Of(action.Text));
                break;
            default:
                chart.Publish(SpecSignals.Of(action.Text));
                break;
        }
    }

    private void PostTimed(SpecAction action, IChart chart)
    {
        var timing = new PostTiming(TimeSpan.FromMilliseconds(action.PeriodMs), action.Number, action.Deferred);
        var signal = SpecSignals.Of(action.Text);
        var id = action.Kind == SpecActionKind.TimedLifo
            ? chart.PostLifo(signal, timing)
            : chart.PostFifo(signal, timing);
        if (!_timed.TryAdd(action.Slot, [id]))
        {
            _timed[action.Slot].Add(id);
        }
    }
}
