using System.Runtime.CompilerServices;
using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Instrumentation;
using Mesh.Statecharts.Snapshots;

namespace Mesh.Statecharts.Engine;

/// <summary>Runs a chart, one event at a time to completion: no queue for events from outside, no thread, no clock, no
/// printing. One class for each profile.</summary>
/// <remarks>Not thread-safe: one caller at a time.</remarks>
/// <typeparam name="TContext">The data that the handlers work on.</typeparam>
public abstract class EventProcessor<TContext>
{
    private protected readonly Chart<TContext> _chart;
    private protected readonly TContext _context;
    private protected readonly IChart _face;
    private protected readonly StepRing? _ring;
    private protected readonly QueueLengths? _queues;
    private protected readonly NoteWriter? _notes;
    private protected bool _isIdle;
    private protected bool _isStopping;
    private bool _isStarted;

    /// <summary>Makes one that has not started.</summary>
    /// <param name="chart">The chart, of the right profile: <see cref="Required"/>.</param>
    /// <param name="context">The data that the handlers work on.</param>
    /// <param name="ring">Where the steps are recorded; nothing to record nothing.</param>
    /// <param name="face">What handlers see as the chart; nothing without a host.</param>
    /// <param name="queues">The queues of the host.</param>
    private protected EventProcessor(
        Chart<TContext> chart,
        TContext context,
        StepRing? ring,
        IChart? face,
        QueueLengths? queues)
    {
        _chart = chart;
        _context = context;
        _face = face ?? new BareChart<TContext>(this, chart.Name);
        _ring = ring;
        _queues = queues;
        _notes = ring is null ? null : new NoteWriter();
        Names = new ChartNames(chart.Definition);
    }

    /// <summary>Whether the chart can run.</summary>
    public ChartStatus Status { get; private protected set; }

    /// <summary>Whether it was started or restored, whatever became of it.</summary>
    internal bool HasBegun => _isStarted;

    /// <summary>Why the chart is faulted, once <see cref="Status"/> is <see cref="ChartStatus.Faulted"/>.</summary>
    public Exception? Fault { get; private protected set; }

    /// <summary>Names of the signals, and of the sets of innermost states, that were met beyond the
    /// definition.</summary>
    public ChartNames Names { get; }

    /// <summary>The settled state, or the innermost ones in document order, joined by commas; during a step still those
    /// before it; empty before the start.</summary>
    public abstract string StateName { get; }

    /// <summary>How many raised events were refused because 10,000 waited; none in the Samek profile.</summary>
    public virtual long DroppedCount => 0;

    /// <summary>The event that is running.</summary>
    internal abstract Event CurrentEvent { get; }

    /// <summary>Where that came from.</summary>
    internal abstract EventOrigin CurrentOrigin { get; }

    /// <summary>The id of the send that made it, if any.</summary>
    internal virtual string? CurrentSendId => null;

    /// <summary>Which call of the step is running.</summary>
    internal abstract int CallNumber { get; }

    /// <summary>The active states by number, in document order; of the Samek profile the settled one alone.</summary>
    internal abstract IReadOnlyList<int> ActiveStates { get; }

    /// <summary>What histories remember.</summary>
    internal virtual IReadOnlyList<SnapshotMemory> Memories => [];

    /// <summary>Whether handlers may be running.</summary>
    private protected abstract bool IsInStep { get; }

    /// <summary>Whether the settled state is this one or lies inside of it; in the Scxml profile whether this one is
    /// active at the moment.</summary>
    /// <param name="state">The name of a state.</param>
    /// <returns><see langword="false"/> also before the start and for a name that the chart does not know.</returns>
    public abstract bool IsIn(string state);

    /// <summary>Enters the start state, or the initial states, and runs until nothing is left to do.</summary>
    /// <param name="state">The name of a state to start in; <see langword="null"/> for the chart's own start.</param>
    /// <param name="timestamp">When it happens, for the record.</param>
    /// <exception cref="ArgumentException">The chart has no such state.</exception>
    /// <exception cref="InvalidOperationException">The chart was started before.</exception>
    public abstract void Start(string? state, long timestamp);

    /// <summary>Runs one event to completion.</summary>
    /// <param name="dispatched">The event.</param>
    /// <param name="timestamp">When it happens, for the record.</param>
    /// <returns>What became of it; look at <see cref="Status"/> to learn of a fault and of the end.</returns>
    /// <exception cref="ArgumentException">The payload is not of the type that the signal carries in this
    /// chart.</exception>
    /// <exception cref="InvalidOperationException">The chart has not started, has ended, or is running an
    /// event.</exception>
    public abstract OutcomeKind Dispatch(Event dispatched, long timestamp);

    /// <summary>Runs one event to completion; the payload as <see cref="Pack"/> made it.</summary>
    internal abstract OutcomeKind Dispatch(int signal, object? payload, long timestamp);

    /// <summary>The number of the event's signal; signals beyond the definition get a new one. The host locks around
    /// it.</summary>
    /// <exception cref="ArgumentException">The payload is not of the type that the signal carries in this
    /// chart.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Resolve(Event resolved)
    {
        ArgumentNullException.ThrowIfNull(resolved.Signal);
        var key = _chart.KeyOf(resolved.Signal);
        return key > 0 ? key - 1 : ResolveSlow(key, resolved);
    }

    /// <summary>What is queued as the payload of an event, beside the number of its signal.</summary>
    internal virtual object? Pack(int signal, Event posted, string? sendId) => posted.Payload;

    /// <summary>The event that <see cref="Pack"/> packed, and the id of its send.</summary>
    internal abstract (Event Posted, string? SendId) Unpack(int signal, object? payload);

    /// <summary>Adds a note to the running step.</summary>
    internal void Note(NoteKind kind, int signal) => _notes?.Add(kind, CallNumber, signal);

    /// <summary>Adds a note of two numbers to the running step, or to the start while there was none.</summary>
    internal void Note(NoteKind kind, int number, int detail) => _notes?.Add(kind, CallNumber, number, detail);

    /// <summary>Adds a note to the step of an event that no state takes, before it is dispatched.</summary>
    internal virtual void NoteAtTop(NoteKind kind, int number, int detail) => Note(kind, number, detail);

    /// <summary>Notes that the running handler answered otherwise than the definition says.</summary>
    internal void NoteReport(Report report) => _notes?.AddReport(CallNumber, report);

    /// <summary>Adds a line to the running step, at the handler that is running; nothing when none is.</summary>
    internal void Scribble(string text)
    {
        if (IsInStep)
        {
            _notes?.AddScribble(CallNumber, text);
        }
    }

    /// <summary>Puts an event in the internal queue.</summary>
    internal abstract bool Raise(Event raised, string? sendId);

    /// <summary>Takes no further event; a step that is running ends first.</summary>
    internal void Stop()
    {
        _isStopping = true;
        _isIdle = false;
        if (Status == ChartStatus.Running)
        {
            Status = ChartStatus.Stopped;
        }
    }

    /// <summary>Says why the chart cannot be in these states; <see langword="null"/> when it can.</summary>
    internal abstract string? FindImpossible(IReadOnlyList<int> active, IReadOnlyList<SnapshotMemory> memories);

    /// <summary>Begins in these states, which are possible, instead of a start; no handler runs.</summary>
    /// <param name="active">The active states.</param>
    /// <param name="memories">What histories remember.</param>
    /// <param name="timestamp">When it happens, for the record.</param>
    /// <exception cref="InvalidOperationException">The chart was started before.</exception>
    internal void Restore(IReadOnlyList<int> active, IReadOnlyList<SnapshotMemory> memories, long timestamp)
    {
        BeginStart();
        Status = _isStopping ? ChartStatus.Stopped : ChartStatus.Running;
        Settle(active, memories);
        if (_ring is not null)
        {
            RecordRestore(_ring, Names.Signals.NumberOf(InnerSignals.RestoreMeta), timestamp);
        }

        _isIdle = Status == ChartStatus.Running;
    }

    /// <summary>The state that work of the running handler belongs to, or top.</summary>
    /// <param name="state">A state around the handler's own; <see langword="null"/> for its own.</param>
    /// <exception cref="ArgumentException">It is no active state around the handler's.</exception>
    internal abstract int WorkStateOf(string? state);

    /// <summary>Has every state told that is left from now on, with the number of the call that is its exit; or none
    /// any more.</summary>
    internal abstract void WatchExits(Action<int, int>? left);

    /// <summary>Goes before a step of a watched processor.</summary>
    internal virtual void BeginWatchedStep()
    {
        // One that tells of exits as they happen needs no beginning.
    }

    /// <summary>Goes after a step of a watched processor.</summary>
    internal virtual void EndWatchedStep()
    {
        // One that tells of exits as they happen has told them.
    }

    /// <summary>The chart, if it has the profile.</summary>
    /// <exception cref="ArgumentException">It has another.</exception>
    private protected static Chart<TContext> Required(Chart<TContext> chart, Profile profile)
    {
        ArgumentNullException.ThrowIfNull(chart);
        return chart.Definition.Profile == profile ? chart
            : throw new ArgumentException($"chart '{chart.Name}' is not of the {profile} profile", nameof(chart));
    }

    /// <summary>Is in these states from now on.</summary>
    private protected abstract void Settle(IReadOnlyList<int> active, IReadOnlyList<SnapshotMemory> memories);

    /// <summary>Records the step of a restore.</summary>
    private protected abstract void RecordRestore(StepRing ring, int signal, long timestamp);

    /// <summary>Remembers a signal that the definition does not have.</summary>
    private protected virtual void Meet(int number, Signal signal)
    {
        // Only states that are written as methods are given such signals again.
    }

    /// <summary>The number of a state to start in.</summary>
    /// <exception cref="ArgumentException">The chart has no such state.</exception>
    private protected int StartNumberOf(string state) => _chart.Definition.TryFindState(state, out var number) ? number
        : throw new ArgumentException($"chart '{_chart.Name}' has no state '{state}'", nameof(state));

    /// <summary>Goes before a start or a restore.</summary>
    /// <exception cref="InvalidOperationException">The chart was started before.</exception>
    private protected void BeginStart()
    {
        if (_isStarted)
        {
            throw new InvalidOperationException($"chart '{_chart.Name}' was started before");
        }

        _isStarted = true;
    }

    /// <summary>Looks up or makes the number of a signal that the table did not tell, or that has a type.</summary>
    private protected int ResolveSlow(int key, Event resolved)
    {
        if (key == 0)
        {
            var met = Names.Signals.NumberOf(resolved.Signal.Name);
            Meet(met, resolved.Signal);
            return met;
        }

        var number = -key - 1;
        var known = _chart.Code.Signals[number];
        return known.Accepts(resolved.Payload) ? number : throw new ArgumentException(
            $"signal '{known.Name}' carries {known.PayloadName} in chart '{_chart.Name}'", nameof(resolved));
    }

    /// <summary>Refuses an event.</summary>
    private protected void ThrowCannotRun()
    {
        throw new InvalidOperationException(Status == ChartStatus.Running
            ? $"chart '{_chart.Name}' is running an event; post to it instead"
            : $"chart '{_chart.Name}' takes no events: {Status}");
    }
}
