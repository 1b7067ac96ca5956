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
public sealed partial class ScxmlMachine<TContext> : EventProcessor<TContext>
{
    private const int MaxRaised = 10_000;

    private readonly ScxmlTables<TContext> _tables;
    private readonly Topology _topology;
    private readonly ConfigurationTable _configurations;
    private readonly Queue<InternalEvent> _raised = new();
    private Configuration? _settled;
    private InternalEvent _current;
    private OutcomeKind _outcome;
    private int _transition;
    private int _catcher;
    private int _call;
    private long _droppedCount;
    private bool _isRunning;
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
        : base(Required(chart, Profile.Scxml), context, ring, face, queues)
    {
        _tables = chart.ScxmlTables;
        _topology = _tables.Topology;
        _configurations = new ConfigurationTable(chart.Definition, _topology);
        _active = new ulong[_topology.Words];
        _exits = new ulong[_topology.Words];
        _memory = new ulong[]?[_topology.Count];
        _memoryBefore = new ulong[]?[_topology.Count];
        _entries = new EntrySet(_topology);
        _isTaken = new bool[_tables.Moves.Length];
    }

    /// <inheritdoc/>
    public override string StateName => _settled?.Name ?? "";

    /// <inheritdoc/>
    public override long DroppedCount => _droppedCount;

    /// <inheritdoc/>
    internal override Event CurrentEvent => _isRunning && _current.Signal is not null
        ? new Event(_current.Signal, _current.Payload) : default;

    /// <inheritdoc/>
    internal override EventOrigin CurrentOrigin => _isRunning ? _current.Origin : EventOrigin.None;

    /// <inheritdoc/>
    internal override string? CurrentSendId => _isRunning ? _current.SendId : null;

    /// <inheritdoc/>
    internal override int CallNumber => Place;

    private protected override bool IsInStep => _isRunning;

    /// <inheritdoc/>
    public override bool IsIn(string state) =>
        _chart.Definition.TryFindState(state, out var number) && Bits.Contains(_active, number);

    /// <inheritdoc/>
    public override void Start(string? state, long timestamp)
    {
        var number = state is null ? -1 : StartNumberOf(state);
        BeginStart();
        var initial = _chart.Definition.InitialTargets;
        int[] targets = number >= 0 ? [number] : initial.Count == 0 ? [0] : [.. initial];
        _outcome = OutcomeKind.Start;
        _catcher = targets[0];
        Begin();
        EnterFirst(targets);
        Complete(StepKind.Start, timestamp);
    }

    /// <inheritdoc/>
    public override OutcomeKind Dispatch(Event dispatched, long timestamp)
    {
        var signal = Resolve(dispatched);
        return Dispatch(signal, Pack(signal, dispatched, null), timestamp);
    }

    /// <inheritdoc/>
    internal override bool Raise(Event raised, string? sendId)
    {
        if (!_isRunning)
        {
            throw new InvalidOperationException($"no handler of chart '{_chart.Name}' is running: post to it instead");
        }

        ArgumentNullException.ThrowIfNull(raised.Signal);
        var isError = EventDescriptor.Matches("error", raised.Signal.Name);
        return Enqueue(raised.Signal, raised.Payload, isError ? EventOrigin.Platform : EventOrigin.Internal, sendId);
    }

    /// <inheritdoc/>
    internal override object? Pack(int signal, Event posted, string? sendId)
    {
        return sendId is null && signal < _tables.Code.Signals.Length ? posted.Payload
            : new PackedEvent(posted.Signal, posted.Payload, sendId);
    }

    /// <inheritdoc/>
    internal override OutcomeKind Dispatch(int signal, object? payload, long timestamp)
    {
        if (!_isIdle)
        {
            ThrowCannotRun();
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
        return _outcome;
    }

    private bool Enqueue(Signal signal, object? payload, EventOrigin origin, string? sendId)
    {
        if (_raised.Count >= MaxRaised)
        {
            _droppedCount++;
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
