using System.Runtime.CompilerServices;
using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Statecharts.Engine;

/// <summary>Runs a chart, one event at a time to completion: no queue, no thread, no clock, no printing.</summary>
/// <remarks>
/// Three doors: <see cref="Start"/>, <see cref="Dispatch(Event, long)"/>, <see cref="IsIn"/>. Handler and effect code
/// runs
/// before exits; a transition to an ancestor does not leave it, one to a descendant does not leave the source; inits
/// drill
/// down. Dispatch allocates nothing once each transition was taken once. Not thread-safe: one caller at a time.
/// <para>
/// A handler that throws puts the machine in <see cref="ChartStatus.Faulted"/>: the state stays as before the step, the
/// step is recorded as a fault, and the exception is in <see cref="Fault"/>; nothing is thrown at the caller.
/// </para>
/// </remarks>
/// <typeparam name="TContext">The data that the handlers work on.</typeparam>
public sealed partial class ChartMachine<TContext>
{
    private readonly Chart<TContext> _chart;
    private readonly ChartTables<TContext> _tables;
    private readonly TContext _context;
    private readonly IChart _face;
    private readonly StepRing? _ring;
    private readonly QueueLengths? _queues;
    private readonly NoteWriter? _notes;
    private Leaf<TContext>? _leaf;
    private object? _payload;
    private int _signal = -1;
    private int _place;
    private int _transition;
    private int _catcher;
    private int _target;
    private OutcomeKind _outcome;
    private bool _isIdle;
    private bool _isStarted;
    private bool _isStopping;

    /// <summary>Makes a machine that has not started.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="context">The data that the handlers work on.</param>
    /// <param name="ring">Where the steps are recorded; <see langword="null"/> to record nothing.</param>
    /// <exception cref="ArgumentException">The chart is not of <see cref="Profile.Samek"/>.</exception>
    public ChartMachine(Chart<TContext> chart, TContext context, StepRing? ring = null)
        : this(chart, context, ring, null, null)
    {
    }

    /// <summary>Makes a machine for a host, which has the queues and is what handlers see as the chart.</summary>
    internal ChartMachine(
        Chart<TContext> chart,
        TContext context,
        StepRing? ring,
        IChart? face,
        QueueLengths? queues)
    {
        ArgumentNullException.ThrowIfNull(chart);
        ThrowIfNotSamek(chart);
        _chart = chart;
        _tables = chart.Tables;
        _context = context;
        _face = face ?? new BareChart<TContext>(this, chart.Name);
        _ring = ring;
        _queues = queues;
        _notes = ring is null ? null : new NoteWriter();
        Names = new ChartNames(chart.Definition);
    }

    /// <summary>Whether the chart can run.</summary>
    public ChartStatus Status { get; private set; }

    /// <summary>What a handler threw, once <see cref="Status"/> is <see cref="ChartStatus.Faulted"/>.</summary>
    public Exception? Fault { get; private set; }

    /// <summary>Names of the signals that the machine met beyond the definition.</summary>
    public ChartNames Names { get; }

    /// <summary>The settled state: during a step still the one before it; empty before the start.</summary>
    public string StateName => _leaf is { } leaf ? _chart.Definition.States[leaf.State].Name : "";

    /// <summary>The event that is running, as far as its signal is in the definition.</summary>
    internal Event CurrentEvent => IsRunningEvent && (uint)_signal < (uint)_chart.Code.Signals.Length
        ? new Event(_chart.Code.Signals[_signal], _payload) : default;

    private bool IsRunningEvent => !_isIdle && Status == ChartStatus.Running;

    /// <summary>Whether the settled state is this one or lies inside of it.</summary>
    /// <param name="state">The name of a state.</param>
    /// <returns><see langword="false"/> also before the start and for a name that the chart does not know.</returns>
    public bool IsIn(string state)
    {
        return _leaf is { } leaf && _chart.Definition.TryFindState(state, out var number)
            && _chart.Definition.IsInside(leaf.State, number);
    }

    /// <summary>Enters the start state from outside and follows its inits.</summary>
    /// <param name="state">The name of a state; <see langword="null"/> for the chart's own start.</param>
    /// <param name="timestamp">When it happens, for the record.</param>
    /// <exception cref="ArgumentException">The chart has no such state.</exception>
    /// <exception cref="InvalidOperationException">The chart was started before.</exception>
    public void Start(string? state, long timestamp)
    {
        var name = state ?? _chart.StartState;
        if (!_chart.Definition.TryFindState(name, out var number))
        {
            throw new ArgumentException($"chart '{_chart.Name}' has no state '{name}'", nameof(state));
        }

        if (_isStarted)
        {
            throw new InvalidOperationException($"chart '{_chart.Name}' was started before");
        }

        _isStarted = true;
        _outcome = OutcomeKind.Start;
        _catcher = number;
        try
        {
            var end = Follow(_tables.PlanInto(ChartDefinition.Top, number), 0);
            _leaf = end;
            Status = _isStopping ? ChartStatus.Stopped : ChartStatus.Running;
            if (_ring is not null)
            {
                Record(_ring, StepKind.Start, timestamp, ChartDefinition.Top);
            }
        }
        catch (Exception exception)
        {
            BecomeFaulted(exception, timestamp);
        }

        _isIdle = Status == ChartStatus.Running;
    }

    /// <summary>Runs one event to completion.</summary>
    /// <param name="dispatched">The event.</param>
    /// <param name="timestamp">When it happens, for the record.</param>
    /// <returns>What became of it; look at <see cref="Status"/> to learn of a fault.</returns>
    /// <exception cref="ArgumentException">The payload is not of the type that the signal carries in this
    /// chart.</exception>
    /// <exception cref="InvalidOperationException">The chart has not started, is faulted, or is running an
    /// event.</exception>
    public OutcomeKind Dispatch(Event dispatched, long timestamp) =>
        Dispatch(Resolve(dispatched), dispatched.Payload, timestamp);

    /// <summary>The number of the event's signal; signals beyond the definition get a new one.</summary>
    /// <exception cref="ArgumentException">The payload is not of the type that the signal carries in this
    /// chart.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int Resolve(Event resolved)
    {
        ArgumentNullException.ThrowIfNull(resolved.Signal);
        var key = _chart.KeyOf(resolved.Signal);
        return key > 0 ? key - 1 : ResolveSlow(key, resolved);
    }

    /// <summary>Runs one event to completion, its signal given by number.</summary>
    internal OutcomeKind Dispatch(int signal, object? payload, long timestamp)
    {
        if (!_isIdle)
        {
            ThrowCannotRun();
        }

        _isIdle = false;
        _signal = signal;
        if (payload != _payload)
        {
            _payload = payload;
        }

        var before = _leaf!;
        try
        {
            var after = React(before, signal);
            if (after != before)
            {
                _leaf = after;
            }

            if (_ring is not null)
            {
                Record(_ring, StepKind.Step, timestamp, before.State);
            }

            _isIdle = !_isStopping;
        }
        catch (Exception exception)
        {
            BecomeFaulted(exception, timestamp);
        }

        return _outcome;
    }

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

    /// <summary>Adds a note to the running step, at the handler that is running.</summary>
    internal void Note(NoteKind kind, int signal) => _notes?.Add(kind, CallPlace.Ordinal(_place), signal);

    /// <summary>Adds a line to the running step, at the handler that is running; nothing when none is.</summary>
    internal void Scribble(string text)
    {
        if (!_isIdle)
        {
            _notes?.AddScribble(CallPlace.Ordinal(_place), text);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Leaf<TContext> React(Leaf<TContext> leaf, int signal)
    {
        var reactions = _tables.Reactions;
        _outcome = OutcomeKind.Transition;
        var number = (uint)signal < (uint)leaf.Row.Length ? leaf.Row[signal] : -1;
        while (number >= 0)
        {
            ref readonly var reaction = ref reactions[number];
            _place = reaction.AskedAtDepth0 + leaf.Depth;
            _transition = number;
            if (!Allows(reaction.Code.Guard))
            {
                number = reaction.Next;
                continue;
            }

            Run(reaction.Code.Effect);
            switch (reaction.Kind)
            {
                case TransitionKind.Goto:
                    var plan = _tables.PlanOf(leaf, number);
                    return Follow(plan, CallPlace.Ordinal(_place) + 1);
                case TransitionKind.Hook:
                    _outcome = OutcomeKind.Hook;
                    _catcher = reaction.Source;
                    return leaf;
                case TransitionKind.Dynamic:
                    return GoChosen(leaf, reaction);
                case TransitionKind.Pass when _notes is not null && _chart.Definition.Style == ChartStyle.Flat:
                    _notes.AddReport(CallPlace.Ordinal(_place), Report.Super);
                    break;
            }

            number = reaction.Outer;
        }

        _outcome = OutcomeKind.Ignored;
        return leaf;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Allows(in GuardCode<TContext> guard) =>
        guard.Simple is { } simple ? simple(_context) : guard.Full is null || AllowsFull(guard.Full);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Run(in EffectCode<TContext> code)
    {
        if (code.Simple is { } simple)
        {
            simple(_context);
        }
        else if (code.Full is not null)
        {
            RunFull(code.Full);
        }
    }

    // Apart, so that the common forms do not load what only the general ones need.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool AllowsFull(Guard<TContext> guard) => guard(_context, _face, _payload);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void RunFull(Effect<TContext> effect) => effect(_context, _face, _payload);

    private Leaf<TContext> GoChosen(Leaf<TContext> leaf, in Reaction<TContext> reaction)
    {
        var name = reaction.Code.Target!(_context, _face, _payload);
        if (name is null || !_chart.Definition.TryFindState(name, out var target))
        {
            throw new InvalidOperationException($"the chosen target '{name}' is no state of the chart");
        }

        _outcome = OutcomeKind.Dynamic;
        _catcher = reaction.Source;
        _target = target;
        return Follow(_tables.PlanOf(leaf, reaction.Source, target), CallPlace.Ordinal(_place) + 1);
    }

    private Leaf<TContext> Follow(Plan<TContext> plan, int firstCall)
    {
        foreach (ref readonly var step in plan.Steps.AsSpan())
        {
            _place = step.Place + firstCall;
            Run(step.Code);
        }

        return plan.End.InitTarget is null ? plan.End : FollowChosenInit(plan, firstCall);
    }

    private Leaf<TContext> FollowChosenInit(Plan<TContext> plan, int firstCall)
    {
        var state = plan.End.State;
        var call = firstCall + plan.CallCount;
        _place = CallPlace.Of(state, call);
        var name = plan.End.InitTarget!(_context, _face, _payload);
        if (name is null)
        {
            return plan.End;
        }

        if (!_chart.Definition.TryFindState(name, out var target) || target == state
            || !_chart.Definition.IsInside(target, state))
        {
            throw new InvalidOperationException($"the chosen init '{name}' is no state inside of its own");
        }

        _notes?.Add(NoteKind.Target, call, target);
        return Follow(_tables.PlanInto(state, target), call + 1);
    }

    private int ResolveSlow(int key, Event resolved)
    {
        if (key == 0)
        {
            return Names.Signals.NumberOf(resolved.Signal.Name);
        }

        var number = -key - 1;
        var known = _chart.Code.Signals[number];
        return known.Accepts(resolved.Payload) ? number : throw new ArgumentException(
            $"signal '{known.Name}' carries {known.PayloadName} in chart '{_chart.Name}'", nameof(resolved));
    }

    // Fills the slot in place and inside of dispatch: building a record first and copying it took twice as many
    // instructions (measured: 190 against 95 an event).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Record(StepRing ring, StepKind kind, long timestamp, int before)
    {
        ref var slot = ref ring.Begin();
        slot.Timestamp = timestamp;
        slot.Kind = kind;
        slot.Outcome = _outcome;
        slot.Signal = (ushort)_signal;
        slot.LeafBefore = (ushort)before;
        slot.LeafAfter = (ushort)(_leaf?.State ?? ChartDefinition.Top);
        slot.TransitionOrState = (ushort)(_outcome == OutcomeKind.Transition ? _transition : _catcher);
        slot.Target = (ushort)_target;
        if (_queues is { } queues)
        {
            slot.Queued = (ushort)queues.Queued;
            slot.Deferred = (ushort)queues.Deferred;
        }
        else
        {
            slot.Queued = unchecked((ushort)StepRecord.NoQueues);
            slot.Deferred = 0;
        }

        if (_notes!.IsEmpty)
        {
            ring.Commit(ref slot, default, 0);
        }
        else
        {
            ring.Commit(ref slot, _notes.Seal(), _notes.DroppedCount);
            _notes.Clear();
        }
    }

    private void BecomeFaulted(Exception exception, long timestamp)
    {
        Fault = exception;
        Status = ChartStatus.Faulted;
        _notes?.AddFault(CallPlace.Ordinal(_place), CallPlace.State(_place), exception.GetType().Name);
        if (_ring is not null)
        {
            Record(_ring, StepKind.Fault, timestamp, _leaf?.State ?? ChartDefinition.Top);
        }
    }

    private void ThrowCannotRun()
    {
        throw new InvalidOperationException(Status == ChartStatus.Running
            ? $"chart '{_chart.Name}' is running an event; post to it instead"
            : $"chart '{_chart.Name}' takes no events: {Status}");
    }
}
