using System.Numerics;
using Mesh.Statecharts.Definition;

namespace Mesh.Statecharts.Engine;

/// <content>Which states are left, for work that handlers started.</content>
public sealed partial class ScxmlMachine<TContext>
{
    private Action<int, int>? _left;

    // The state whose handler runs; a transition's effect runs when its source was left already.
    private int _handler;

    /// <inheritdoc/>
    internal override int WorkStateOf(string? state)
    {
        if (state is null)
        {
            var own = _handler;
            while (own != ChartDefinition.Top && !Bits.Contains(_active, own))
            {
                own = _topology.Parents[own];
            }

            return own;
        }

        return _chart.Definition.TryFindState(state, out var number) && Bits.Contains(_active, number)
            && _chart.Definition.IsInside(_handler, number)
            ? number : throw new ArgumentException(
                $"'{state}' is no active state around '{_chart.Definition.States[_handler].Name}'", nameof(state));
    }

    /// <inheritdoc/>
    internal override void WatchExits(Action<int, int>? left) => _left = left;

    // After the exits of a microstep: what its effects and entries start is not meant.
    private void TellLeft(Action<int, int> left)
    {
        for (var word = 0; word < _exits.Length; word++)
        {
            for (var bits = _exits[word]; bits != 0; bits &= bits - 1)
            {
                left((word << 6) + BitOperations.TrailingZeroCount(bits), int.MaxValue);
            }
        }
    }
}
