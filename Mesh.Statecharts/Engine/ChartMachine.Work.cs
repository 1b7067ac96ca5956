using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Statecharts.Engine;

/// <content>Which states a step leaves, for work that handlers started.</content>
public sealed partial class ChartMachine<TContext>
{
    private Action<int, int>? _left;
    private int _watchedLeaf;

    /// <inheritdoc/>
    internal override int WorkStateOf(string? state)
    {
        var running = CallPlace.State(_place);
        if (state is null)
        {
            return running;
        }

        return _chart.Definition.TryFindState(state, out var number) && _chart.Definition.IsInside(running, number)
            ? number : throw new ArgumentException(
                $"'{state}' is no state around '{_chart.Definition.States[running].Name}'", nameof(state));
    }

    // The settled state stays what it was until the step is over.
    /// <inheritdoc/>
    internal override void WatchExits(Action<int, int>? left)
    {
        _left = left;
        _watchedLeaf = _leaf;
    }

    /// <inheritdoc/>
    internal override void BeginWatchedStep() => _watchedLeaf = _leaf;

    // The exits follow from what was taken, as they do for the spy; dispatch itself does not look.
    /// <inheritdoc/>
    internal override void EndWatchedStep()
    {
        var (source, target) = _outcome switch
        {
            OutcomeKind.Transition => (_chart.Definition.Transitions[_transitionOrState].Source,
                _chart.Definition.Transitions[_transitionOrState].Target),
            OutcomeKind.Dynamic => (_transitionOrState, _target),
            _ => (ChartDefinition.Top, (int?)null),
        };
        if (target is null || Status == ChartStatus.Faulted)
        {
            return;
        }

        var script = new List<ScriptStep>();
        StepScript.Transition(_chart.Definition, _watchedLeaf, source, target.Value, script);
        var place = _chart.Definition.DepthOf(_watchedLeaf) - _chart.Definition.DepthOf(source) + 1;
        foreach (var (operation, state) in script)
        {
            if (operation == ScriptOperation.Exit)
            {
                _left!(state, place++);
            }
        }
    }
}
