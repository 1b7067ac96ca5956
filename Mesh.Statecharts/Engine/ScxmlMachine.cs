using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Statecharts.Engine;

/// <summary>Runs a chart of the Scxml profile, one event at a time to completion: no queue for events from outside, no
/// thread, no clock, no printing.</summary>
/// <remarks>
/// The algorithm of SCXML appendix D. A step is a macrostep: the transitions of the event, then those that need no
/// event and those of the events that were raised meanwhile, until nothing is left to do. Within a microstep exits come
/// first, then the content of the transitions, then entries. Dispatch allocates nothing once each configuration was
/// seen once. Not thread-safe: one caller at a time.
/// <para>
/// A handler that throws raises <c>error.execution</c> and the step goes on; a guard that throws refuses as well. A
/// chart that makes more than <see cref="ChartLimits.MaxMicrosteps"/> microsteps is faulted: the states stay as before
/// the step.
/// </para>
/// </remarks>
/// <typeparam name="TContext">The data that the handlers work on.</typeparam>
public sealed partial class ScxmlMachine<TContext> : IChartMachine
{
    private const int MaxRaised = 10_000;

    private readonly Chart<TContext> _chart;
    private readonly ScxmlTables<TContext> _tables;
    private readonly Topology _topology;
    private readonly ConfigurationTable _configurations;
    private readonly TContext _context;
    private readonly IChart _face;
    private readonly StepRing? _ring;
    private readonly QueueLengths? _queues;
    private readonly NoteWriter? _notes;
    private readonly Queue<InternalEvent> _raised = new();
    private Configuration? _settled;
    private InternalEvent _current;
    private OutcomeKind _outcome;
    private int _transition;
    private int _catcher;
    private int _call;
    private bool _isRunning;
    private bool _isIdle;
    private bool _isStarted;
    private bool _isStopping;
    private bool _isDone;

    /// <summary>Makes a machine that has not started.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="context">The data that the handlers work on.</param>
    /// <param name="ring">Where the steps are recorded; <see langword="null"/> to record nothing.</param>
    /// <exception cref="ArgumentException">The chart is not of <see cref="Profile.Scxml"/>.</exception>
    public ScxmlMachine(Chart<TContext> chart, TContext context, StepRing? ring = null)
        : this(chart, context, ring, null, null)
    {
    }

    /// <summary>Makes a machine for a host, which has the queues and is what handlers see as the chart.</summary>
    internal ScxmlMachine(
        Chart<TContext> chart,
        TContext context,
        StepRing? ring,
        IChart? face,
        QueueLengths? queues)
    {
        ArgumentNullException.ThrowIfNull(chart);
        if (chart.Definition.Profile != Profile.Scxml)
        {
            throw new ArgumentException($"chart '{chart.Name}' is not of the Scxml profile", nameof(chart));
        }

        _chart = chart;
        _tables = chart.ScxmlTables;
        _topology = _tables.Topology;
        _configurations = new ConfigurationTable(chart.Definition, _topology);
        _context = context;
        _face = face ?? new BareChart(this, chart.Name);
        _ring = ring;
        _queues = queues;
        _notes = ring is null ? null : new NoteWriter();
        Names = new ChartNames(chart.Definition);
        _active = new ulong[_topology.Words];
        _exits = new ulong[_topology.Words];
        _memory = new ulong[]?[_topology.Count];
        _memoryBefore = new ulong[]?[_topology.Count];
        _entries = new EntrySet(_topology);
        _isTaken = new bool[_tables.Moves.Length];
    }

    /// <summary>Whether the chart can run.</summary>
    public ChartStatus Status { get; private set; }

    /// <summary>Why the chart is faulted, once <see cref="Status"/> is <see cref="ChartStatus.Faulted"/>.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Names of the signals and of the sets of innermost states that the machine met beyond the
    /// definition.</summary>
    public ChartNames Names { get; }

    /// <summary>The innermost states in document order, joined by commas; during a step still those before it; empty
    /// before the start.</summary>
    public string StateName => _settled?.Name ?? "";

    /// <summary>How many raised events were refused because 10,000 waited.</summary>
    public long DroppedCount { get; private set; }

    Event IChartMachine.CurrentEvent => CurrentEvent;

    EventOrigin IChartMachine.CurrentOrigin => CurrentOrigin;

    string? IChartMachine.CurrentSendId => CurrentSendId;

    internal Event CurrentEvent => _isRunning && _current.Signal is not null
        ? new Event(_current.Signal, _current.Payload) : default;

    internal EventOrigin CurrentOrigin => _isRunning ? _current.Origin : EventOrigin.None;

    internal string? CurrentSendId => _isRunning ? _current.SendId : null;

    /// <summary>Whether a state is active, at this very moment.</summary>
    /// <param name="state">The name of a state.</param>
    /// <returns><see langword="false"/> also before the start and for a name that the chart does not know.</returns>
    public bool IsIn(string state) =>
        _chart.Definition.TryFindState(state, out var number) && Bits.Contains(_active, number);

    /// <summary>Enters the initial states and runs until nothing is left to do.</summary>
    /// <param name="state">The name of a state to start in; <see langword="null"/> for the chart's own start.</param>
    /// <param name="timestamp">When it happens, for the record.</param>
    /// <exception cref="ArgumentException">The chart has no such state.</exception>
    /// <exception cref="InvalidOperationException">The chart was started before.</exception>
    public void Start(string? state, long timestamp)
    {
        var number = -1;
        if (state is not null && !_chart.Definition.TryFindState(state, out number))
        {
            throw new ArgumentException($"chart '{_chart.Name}' has no state '{state}'", nameof(state));
        }

        if (_isStarted)
        {
            throw new InvalidOperationException($"chart '{_chart.Name}' was started before");
        }

        _isStarted = true;
        var initial = _chart.Definition.InitialTargets;
        int[] targets = number >= 0 ? [number] : initial.Count == 0 ? [0] : [.. initial];
        _outcome = OutcomeKind.Start;
        _catcher = targets[0];
        Begin();
        EnterFirst(targets);
        Complete(StepKind.Start, timestamp);
    }

    /// <summary>Runs one event to completion.</summary>
    /// <param name="dispatched">The event.</param>
    /// <param name="timestamp">When it happens, for the record.</param>
    /// <returns>Whether a transition with a target was taken, or one without, or none; look at <see cref="Status"/> to
    /// learn of a fault and of the end.</returns>
    /// <exception cref="ArgumentException">The payload is not of the type that the signal carries in this
    /// chart.</exception>
    /// <exception cref="InvalidOperationException">The chart has not started, has ended, or is running an
    /// event.</exception>
    public OutcomeKind Dispatch(Event dispatched, long timestamp)
    {
        var signal = Resolve(dispatched);
        Dispatch(signal, Pack(signal, dispatched, null), timestamp);
        return _outcome;
    }

    void IChartMachine.Dispatch(int signal, object? payload, long timestamp) => Dispatch(signal, payload, timestamp);

    int IChartMachine.Resolve(Event resolved) => Resolve(resolved);

    object? IChartMachine.Pack(int signal, Event posted, string? sendId) => Pack(signal, posted, sendId);

    void IChartMachine.Note(NoteKind kind, int signal) => _notes?.Add(kind, Place, signal);

    void IChartMachine.Note(NoteKind kind, int number, int detail) => _notes?.Add(kind, Place, number, detail);

    void IChartMachine.Scribble(string text) => Scribble(text);

    bool IChartMachine.Raise(Event raised, string? sendId) => Raise(raised, sendId);

    void IChartMachine.Stop() => Stop();

    internal void Scribble(string text)
    {
        if (_isRunning)
        {
            _notes?.AddScribble(Place, text);
        }
    }

    internal void Stop()
    {
        _isStopping = true;
        _isIdle = false;
        if (Status == ChartStatus.Running)
        {
            Status = ChartStatus.Stopped;
        }
    }

    internal bool Raise(Event raised, string? sendId)
    {
        if (!_isRunning)
        {
            throw new InvalidOperationException($"no handler of chart '{_chart.Name}' is running: post to it instead");
        }

        ArgumentNullException.ThrowIfNull(raised.Signal);
        var isError = EventDescriptor.Matches("error", raised.Signal.Name);
        return Enqueue(raised.Signal, raised.Payload, isError ? EventOrigin.Platform : EventOrigin.Internal, sendId);
    }

    private int Resolve(Event resolved)
    {
        ArgumentNullException.ThrowIfNull(resolved.Signal);
        var key = _chart.KeyOf(resolved.Signal);
        return key > 0 ? key - 1 : ResolveSlow(key, resolved);
    }

    private int ResolveSlow(int key, Event resolved)
    {
        if (key == 0)
        {
            return Names.Signals.NumberOf(resolved.Signal.Name);
        }

        var number = -key - 1;
        var known = _tables.Code.Signals[number];
        return known.Accepts(resolved.Payload) ? number : throw new ArgumentException(
            $"signal '{known.Name}' carries {known.PayloadName} in chart '{_chart.Name}'", nameof(resolved));
    }

    private object? Pack(int signal, Event posted, string? sendId)
    {
        return sendId is null && signal < _tables.Code.Signals.Length ? posted.Payload
            : new PackedEvent(posted.Signal, posted.Payload, sendId);
    }

    private void Dispatch(int signal, object? payload, long timestamp)
    {
        if (!_isIdle)
        {
            throw new InvalidOperationException(Status == ChartStatus.Running
                ? $"chart '{_chart.Name}' is running an event; post to it instead"
                : $"chart '{_chart.Name}' takes no events: {Status}");
        }

        _outcome = OutcomeKind.Ignored;
        if (payload is PackedEvent packed)
        {
            var column = signal < _tables.Code.Signals.Length ? signal : _tables.ColumnOf(packed.Signal.Name);
            _current = new InternalEvent(
                packed.Signal, packed.Payload, signal, column, EventOrigin.External, packed.SendId);
        }
        else
        {
            _current = new InternalEvent(
                _tables.Code.Signals[signal], payload, signal, signal, EventOrigin.External, null);
        }

        Begin();
        if (_current.Column >= 0)
        {
            Select(_current.Column);
        }

        Complete(StepKind.Step, timestamp);
    }

    private bool Enqueue(Signal signal, object? payload, EventOrigin origin, string? sendId)
    {
        if (_raised.Count >= MaxRaised)
        {
            DroppedCount++;
            return false;
        }

        var key = _chart.KeyOf(signal);
        var known = key == 0 ? -1 : Math.Abs(key) - 1;
        if (key < 0)
        {
            _ = ResolveSlow(key, new Event(signal, payload));
        }

        var number = known >= 0 || _notes is null ? known : ResolveSlow(0, new Event(signal));
        _notes?.Add(NoteKind.Raise, Place, number);
        var column = known >= 0 ? known : _tables.ColumnOf(signal.Name);
        _raised.Enqueue(new InternalEvent(signal, payload, number, column, origin, sendId));
        return true;
    }

    // Filled in place, as ChartMachine does.
    private void Record(StepRing ring, StepKind kind, long timestamp, Configuration? before)
    {
        var from = before?.NumberIn(Names.States) ?? ChartDefinition.Top;
        var to = before == _settled ? from : _settled?.NumberIn(Names.States) ?? ChartDefinition.Top;
        var outcome = _outcome;
        ref var slot = ref ring.Begin();
        ref var step = ref slot.Value;
        step.Timestamp = timestamp;
        step.States = PackedStep.PackStates(
            outcome == OutcomeKind.Start ? -1 : _stepSignal,
            from,
            to,
            outcome == OutcomeKind.Transition ? _transition : _catcher);
        step.Lengths = _queues is { } queues
            ? PackedStep.PackLengths(queues.Queued, queues.Deferred, -1)
            : PackedStep.PackLengths(StepRecord.NoQueues, 0, -1);
        step.Sort = PackedStep.PackSort(kind, outcome);
        if (!_notes!.IsEmpty)
        {
            ring.AddNotes(ref slot, _notes.Seal(), _notes.DroppedCount);
            _notes.Clear();
        }

        ring.Commit(ref slot, PackedStep.IsTraced(kind, outcome));
    }
}
