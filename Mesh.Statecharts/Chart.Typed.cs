using System.Runtime.CompilerServices;
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
    private readonly Lazy<ScxmlTables<TContext>> _scxmlTables;
    private int[] _keysById = [];

    internal Chart(string name, ChartDefinition definition, int startState, ChartCode<TContext> code)
    {
        Name = name;
        Definition = definition;
        Code = code;
        _tables = new Lazy<ChartTables<TContext>>(() => new ChartTables<TContext>(definition, code));
        _scxmlTables = new Lazy<ScxmlTables<TContext>>(() => new ScxmlTables<TContext>(definition, code));
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

    /// <summary>The same for a chart of the Scxml profile.</summary>
    internal ScxmlTables<TContext> ScxmlTables => _scxmlTables.Value;

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>
    /// The key of a signal: its number plus one, negative when its payload has a type; 0 when no state reacts to it.
    /// One
    /// look at a table for signals that the chart met before. Any thread.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int KeyOf(Signal signal)
    {
        var keys = _keysById;
        var key = (uint)signal.Id < (uint)keys.Length ? keys[signal.Id] : 0;
        return key != 0 ? key : KeyOfSlow(signal);
    }

    // Signals are told apart by name; the table remembers objects, and may forget one when two threads add to it.
    private int KeyOfSlow(Signal signal)
    {
        if (!Definition.TryFindSignal(signal.Name, out var number))
        {
            return 0;
        }

        var key = Code.Signals[number].PayloadType is null ? number + 1 : -(number + 1);
        if (signal.Id < MaxCachedSignals)
        {
            var keys = Volatile.Read(ref _keysById);
            var larger = new int[Math.Max(signal.Id + 1, keys.Length)];
            keys.CopyTo(larger, 0);
            larger[signal.Id] = key;
            Volatile.Write(ref _keysById, larger);
        }

        return key;
    }
}
