using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Expressions;

namespace Mesh.Statecharts.Scxml;

/// <summary>The data of one running chart of a file: its variables.</summary>
/// <remarks>One for each running chart; while that runs a step it is the handlers' alone.</remarks>
public sealed partial class ScxmlMemory : IDataScope
{
    private const int MaxDynamicSignals = 4_096;

    private static long _lastSession;

    private readonly ScxmlFile _file;
    private readonly Dictionary<string, DataValue> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Signal> _signals = new(StringComparer.Ordinal);
    private readonly HashSet<StateNode> _initialised = [];
    private SystemVariables _system;
    private bool _isReady;
    private long _lastSendId;
    private int _elementCount;

    internal ScxmlMemory(ScxmlFile file)
    {
        _file = file;
        SessionId = $"s{Interlocked.Increment(ref _lastSession)}";
        _system = new SystemVariables(file.Chart.Name, SessionId);
    }

    /// <summary>The variables and their values, without those of the system.</summary>
    public IReadOnlyDictionary<string, DataValue> Values => _values;

    /// <summary>What <c>_sessionid</c> is: unique among the charts of this process, but that a restored chart keeps
    /// its own.</summary>
    public string SessionId { get; private set; }

    /// <summary>The chart whose handler runs.</summary>
    internal IChart Chart { get; private set; } = null!;

    /// <summary>The place of the content that runs.</summary>
    internal TextPosition Place { get; set; }

    private bool IsSamek => _file.Profile == Profile.Samek;

    bool IDataScope.TryRead(string name, out DataValue value) =>
        _values.TryGetValue(name, out value) || _system.TryRead(name, Chart, out value);

    bool IDataScope.IsIn(string state) => Chart.IsIn(state);

    void IDataScope.Write(string name, DataValue value)
    {
        if (!_values.ContainsKey(name))
        {
            throw new DataException(SystemVariables.Contains(name)
                ? $"'{name}' is a variable of the system" : $"there is no variable '{name}'");
        }

        _values[name] = value;
    }

    /// <summary>Makes a variable if there is none, and gives it a value.</summary>
    internal void Declare(string name, DataValue value)
    {
        if (SystemVariables.Contains(name))
        {
            throw new DataException($"'{name}' is a variable of the system");
        }

        _values[name] = value;
    }

    /// <summary>Makes a variable if there is none.</summary>
    internal void DeclareIfNew(string name)
    {
        if (!_values.ContainsKey(name))
        {
            Declare(name, DataValue.Null);
        }
    }

    /// <summary>Counts an element of content that runs, or a round of a loop, so that loops in loops come to an
    /// end.</summary>
    internal void CountElement()
    {
        if (++_elementCount > ScxmlLimits.MaxRunElements)
        {
            throw new DataException($"more than {ScxmlLimits.MaxRunElements} elements ran in one block");
        }
    }

    /// <summary>The signal of a name that is not known before it runs.</summary>
    internal Signal SignalOf(string name)
    {
        if (name.Length == 0 || InnerSignals.Contains(name))
        {
            throw new DataException($"'{name}' is no name of an event");
        }

        if (!_signals.TryGetValue(name, out var signal))
        {
            if (_signals.Count >= MaxDynamicSignals)
            {
                throw new DataException($"more than {MaxDynamicSignals} names of events were made");
            }

            signal = _file.SignalOf(name) ?? new Signal(name);
            _signals.Add(name, signal);
        }

        return signal;
    }

    /// <summary>A new id for a send.</summary>
    internal string NewSendId() => $"send.{++_lastSendId}";

    /// <summary>Runs blocks of content; an error ends its block and, in the Scxml profile, becomes an event.</summary>
    internal void Run(IReadOnlyList<ContentBlock> blocks, IChart chart)
    {
        Begin(chart);
        foreach (var block in blocks)
        {
            _elementCount = 0;
            Guarded(() => block.Run(this));
        }
    }

    /// <summary>Runs the content of a state's entry, and before the first time gives its data their values.</summary>
    internal void RunEntry(StateNode state, IChart chart)
    {
        Begin(chart);
        if (_file.IsLate && state.Data.Count > 0 && _initialised.Add(state))
        {
            Initialise(state.Data);
        }

        Run(state.Entry, chart);
    }

    /// <summary>Whether a condition holds; one that cannot be evaluated does not.</summary>
    internal bool Holds(CodeText condition, IChart chart)
    {
        Begin(chart);
        Place = condition.Position;
        var holds = false;
        Guarded(() => holds = condition.Expression.Evaluate(this).IsTrue);
        return holds;
    }

    /// <summary>What the event carries that tells that a state is done.</summary>
    internal object? DoneData(EventData data, IChart chart)
    {
        Begin(chart);
        object? payload = null;
        Guarded(() => payload = data.Evaluate(this, isLenient: true));
        return payload;
    }

    /// <summary>Gives the data their first values, once and as soon as anything of the chart runs.</summary>
    internal void Begin(IChart chart)
    {
        Chart = chart;
        _system.See(chart);
        if (!_isReady)
        {
            _isReady = true;
            foreach (var data in _file.Data)
            {
                _values[data.Name] = DataValue.Null;
            }

            Initialise(_file.IsLate ? _file.RootData : _file.Data);
        }
    }

    /// <summary>Makes an error an event of the chart.</summary>
    internal void RaiseError(Signal error, string message, string? sendId)
    {
        if (IsSamek)
        {
            throw new DataException($"{Place}: {message}");
        }

        Chart.Raise(new Event(error, DataValue.Of(
        [
            KeyValuePair.Create("message", DataValue.Of(message)),
            KeyValuePair.Create("line", DataValue.Of(Place.Line)),
            KeyValuePair.Create("column", DataValue.Of(Place.Column)),
        ])), sendId);
    }

    private void Initialise(IReadOnlyList<DataNode> nodes)
    {
        foreach (var data in nodes)
        {
            Place = data.Position;
            Guarded(() => _values[data.Name] = data.Value?.Evaluate(this) ?? DataValue.Null);
        }
    }

    private void Guarded(Action action)
    {
        try
        {
            action();
        }
        catch (SendException fault)
        {
            RaiseError(ScxmlSignals.ErrorExecution, fault.Message, fault.SendId);
        }
        catch (DataException fault)
        {
            RaiseError(ScxmlSignals.ErrorExecution, fault.Message, null);
        }
    }
}
