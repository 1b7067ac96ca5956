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
    private readonly DirectPlan<TContext>?[][] _direct;
    private readonly TContext _context;
    private readonly IChart _face;
    private readonly StepRing? _ring;
    private readonly QueueLengths? _queues;
    private readonly NoteWriter? _notes;
    private int _leaf = ChartDefinition.Top;
    private object? _payload;
    private int _signal = -1;
    private int _place;
    private int _transitionOrState;
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
        _direct = _tables.Direct;
        _context = context;
        _face = face ?? new BareChart(this, chart.Name);
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
    public string StateName => _leaf is var leaf and not ChartDefinition.Top
        ? _chart.Definition.States[leaf].Name : "";

    /// <summary>The event that is running, as far as its signal is in the definition.</summary>
    internal Event CurrentEvent => IsRunningEvent ? EventOf(_signal) : default;

    private bool IsRunningEvent => !_isIdle && Status == ChartStatus.Running;

    /// <summary>Whether the settled state is this one or lies inside of it.</summary>
    /// <param name="state">The name of a state.</param>
    /// <returns><see langword="false"/> also before the start and for a name that the chart does not know.</returns>
    public bool IsIn(string state)
    {
        return _leaf is var leaf and not ChartDefinition.Top
            && _chart.Definition.TryFindState(state, out var number)
            && _chart.Definition.IsInside(leaf, number);
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
        _transitionOrState = number;
        try
        {
            var end = Follow(_tables.PlanInto(ChartDefinition.Top, number), 0);
            _leaf = end.State;
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
    public OutcomeKind Dispatch(Event dispatched, long timestamp)
    {
        var signal = Resolve(dispatched);
        Begin(signal, dispatched.Payload);
        try
        {
            RunToCompletion(signal, timestamp);
        }
        catch (Exception exception)
        {
            BecomeFaulted(exception, timestamp);
        }

        return _outcome;
    }

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
        Begin(signal, payload);
        try
        {
            RunToCompletion(signal, timestamp);
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
    private void Begin(int signal, object? payload)
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
    }

    // The common way is here and the rest apart.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void RunToCompletion(int signal, long timestamp)
    {
        var before = _leaf;
        var direct = _direct[before];
        if ((uint)signal < (uint)direct.Length && direct[signal] is { } plan)
        {
            RunDirect(plan);
        }
        else
        {
            ReactSlow(signal);
        }

        if (_ring is { } ring)
        {
            Record(ring, StepKind.Step, timestamp, before);
        }

        _isIdle = !_isStopping;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void RunDirect(DirectPlan<TContext> plan)
    {
        _outcome = OutcomeKind.Transition;
        _transitionOrState = plan.Transition;
        if (plan.Guard is { } guard)
        {
            _place = plan.AskedAt;
            if (!guard(_context))
            {
                React(plan.Next);
                return;
            }
        }

        if (plan.Steps.Length != 0)
        {
            RunSteps(plan.Steps);
        }

        _leaf = plan.End;
        if (plan.Outcome != OutcomeKind.Transition)
        {
            _outcome = plan.Outcome;
            _transitionOrState = plan.TransitionOrState;
        }
    }

    // Apart and without the compiler's guesses: which handler comes next is not to be guessed. 4 % fewer cycles
    // (measured).
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void RunSteps(DirectStep<TContext>[] steps)
    {
        var context = _context;
        foreach (ref readonly var step in steps.AsSpan())
        {
            _place = step.Place;
            step.Code(context);
        }
    }

    private int ResolveSlow(int key, Event resolved)
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

    private void ThrowCannotRun()
    {
        throw new InvalidOperationException(Status == ChartStatus.Running
            ? $"chart '{_chart.Name}' is running an event; post to it instead"
            : $"chart '{_chart.Name}' takes no events: {Status}");
    }
}
