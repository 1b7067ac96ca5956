using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Engine;

namespace Mesh.Statecharts;

/// <summary>A chart that can be run: a definition and the code of its handlers. Immutable; many may run it at a
/// time.</summary>
/// <typeparam name="TContext">The data that the handlers work on.</typeparam>
public sealed class Chart<TContext>
{
    private const int MaxCachedSignals = 16_384;

    private readonly Lazy<ChartTables<TContext>> _tables;
    private int[] _numberPlusOneById = [];

    internal Chart(string name, ChartDefinition definition, int startState, ChartCode<TContext> code)
    {
        Name = name;
        Definition = definition;
        Code = code;
        _tables = new Lazy<ChartTables<TContext>>(() => new ChartTables<TContext>(definition, code));
        StartState = definition.States[startState].Name;
    }

    /// <summary>What error messages and listings call the chart.</summary>
    public string Name { get; }

    /// <summary>What the chart is, without its code.</summary>
    public ChartDefinition Definition { get; }

    /// <summary>Where it starts unless told otherwise at the start.</summary>
    public string StartState { get; }

    internal ChartCode<TContext> Code { get; }

    /// <summary>The chart compiled for dispatch, once for all that run it.</summary>
    internal ChartTables<TContext> Tables => _tables.Value;

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>The number of a signal; -1 when no state reacts to it. Any thread.</summary>
    internal int NumberOf(Signal signal)
    {
        var numbers = Volatile.Read(ref _numberPlusOneById);
        var number = (uint)signal.Id < (uint)numbers.Length ? numbers[signal.Id] : 0;
        return number > 0 ? number - 1 : NumberOfSlow(signal);
    }

    // Signals are told apart by name; the table remembers objects, and may forget one when two threads add to it.
    private int NumberOfSlow(Signal signal)
    {
        if (!Definition.TryFindSignal(signal.Name, out var number))
        {
            return -1;
        }

        if (signal.Id < MaxCachedSignals)
        {
            var numbers = Volatile.Read(ref _numberPlusOneById);
            var larger = new int[Math.Max(signal.Id + 1, numbers.Length)];
            numbers.CopyTo(larger, 0);
            larger[signal.Id] = number + 1;
            Volatile.Write(ref _numberPlusOneById, larger);
        }

        return number;
    }
}
