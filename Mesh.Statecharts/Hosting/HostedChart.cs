using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Engine;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Statecharts.Hosting;

/// <summary>A chart with queues, timed posts, spy and trace; what drives it is left to the two kinds of
/// hosts.</summary>
/// <typeparam name="TContext">The data that the handlers work on.</typeparam>
public abstract partial class HostedChart<TContext> : IHostedChart
{
    private readonly Lock _gate = new();
    private readonly Chart<TContext> _chart;
    private readonly EventProcessor<TContext> _machine;
    private readonly EventQueues? _queues;
    private readonly TimedPosts _timedPosts;
    private readonly ChartLog? _log;
    private readonly LiveLog _live;
    private readonly bool _isNamed;
    private long _droppedCount;
    private int _handlerThread;
    private bool _isClosed;

    private protected HostedChart(
        Chart<TContext> chart,
        TContext context,
        TimeProvider timeProvider,
        HostOptions options)
    {
        ArgumentNullException.ThrowIfNull(chart);
        ArgumentNullException.ThrowIfNull(timeProvider);
        _chart = chart;
        Context = context;
        TimeProvider = timeProvider;
        WorkPatience = options.WorkPatience;
        Name = options.Name ?? DefaultName.Of(chart.StartState);
        _isNamed = options.Name is not null;
        _bus = options.Bus;
        _queues = options.HasQueues ? new EventQueues(options.QueueCapacity) : null;
        Ring = options.IsInstrumented ? new StepRing(options.HistoryCapacity) : null;
        _machine = chart.Definition.Profile == Profile.Scxml
            ? new ScxmlMachine<TContext>(chart, context, Ring, this, _queues?.Lengths)
            : new ChartMachine<TContext>(chart, context, Ring, this, _queues?.Lengths);
        _timedPosts = new TimedPosts(timeProvider, PostTimed);
        Anchor = WallAnchor.Of(timeProvider);
        _log = Ring is null ? null : new ChartLog(chart.Definition, _machine.Names, Ring, Anchor);
        _live = new LiveLog(_log);
    }

    /// <inheritdoc/>
    public event EventHandler? Faulted;

    /// <summary>The data that the handlers work on. While a step runs it is the handlers' alone.</summary>
    public TContext Context { get; }

    /// <inheritdoc/>
    public string Name { get; private set; }

    /// <inheritdoc/>
    public ChartDefinition Definition => _chart.Definition;

    /// <inheritdoc/>
    public ChartNames Names => _machine.Names;

    /// <inheritdoc/>
    public StepRing? Ring { get; }

    /// <inheritdoc/>
    public WallAnchor Anchor { get; }

    /// <inheritdoc/>
    public string StateName => _machine.StateName;

    /// <inheritdoc/>
    public Event CurrentEvent => IsInHandler ? _machine.CurrentEvent : default;

    /// <inheritdoc/>
    public ChartStatus Status
    {
        get
        {
            var status = _machine.Status;
            return status is ChartStatus.Faulted or ChartStatus.Done || !Volatile.Read(ref _isClosed)
                ? status : ChartStatus.Stopped;
        }
    }

    /// <inheritdoc/>
    public Exception? Fault => _machine.Fault;

    /// <inheritdoc/>
    public int QueuedCount => _queues?.Lengths.Queued ?? 0;

    /// <inheritdoc/>
    public int DeferredCount => _queues?.Lengths.Deferred ?? 0;

    /// <inheritdoc/>
    public long DroppedCount => Interlocked.Read(ref _droppedCount) + _machine.DroppedCount;

    /// <summary>How many timed posts are pending; 500 at most.</summary>
    public int TimedPostCount => _timedPosts.Count;

    private protected TimeProvider TimeProvider { get; }

    private protected TimeSpan WorkPatience { get; }

    private protected Lock Gate => _gate;

    private protected bool HasQueues => _queues is not null;

    private protected bool HasBegun => _machine.HasBegun;

    private bool IsInHandler => _handlerThread == Environment.CurrentManagedThreadId;

    /// <inheritdoc/>
    public bool IsIn(string state) => _machine.IsIn(state);

    /// <inheritdoc/>
    public bool PostFifo(Event posted) => Post(posted, isLifo: false, sendId: null);

    /// <inheritdoc/>
    public bool PostLifo(Event posted) => Post(posted, isLifo: true, sendId: null);

    /// <inheritdoc/>
    public TimedPostId PostFifo(Event posted, PostTiming timing) => AddTimedPost(posted, timing, isLifo: false);

    /// <inheritdoc/>
    public TimedPostId PostLifo(Event posted, PostTiming timing) => AddTimedPost(posted, timing, isLifo: true);

    /// <inheritdoc/>
    public void CancelEvent(TimedPostId id) => _timedPosts.Cancel(id);

    /// <inheritdoc/>
    public void CancelEvents(Signal signal)
    {
        ArgumentNullException.ThrowIfNull(signal);
        _timedPosts.CancelAll(signal.Name);
    }

    /// <inheritdoc/>
    public bool Defer(Event deferred)
    {
        var queues = RequireQueues();
        int signal;
        lock (_gate)
        {
            signal = _machine.Resolve(deferred);
            var payload = _machine.Pack(signal, deferred, sendId: null);
            if (_isClosed || !queues.TryDefer(new QueuedEvent(signal, payload)))
            {
                Interlocked.Increment(ref _droppedCount);
                return false;
            }
        }

        NoteIfInside(NoteKind.Defer, signal);
        return true;
    }

    /// <inheritdoc/>
    public bool Recall()
    {
        var queues = RequireQueues();
        QueuedEvent recalled;
        bool mustSchedule;
        lock (_gate)
        {
            if (_isClosed || !queues.TryRecall(out recalled))
            {
                return false;
            }

            mustSchedule = ClaimRunLocked();
        }

        NoteIfInside(NoteKind.Recall, recalled.Signal);
        ScheduleIf(mustSchedule);
        return true;
    }

    /// <inheritdoc/>
    public void Scribble(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (IsInHandler)
        {
            _machine.Scribble(text);
        }
    }

    /// <inheritdoc/>
    public void Stop() => Close();

    /// <inheritdoc/>
    public Signal SignalOf(string name)
    {
        return Definition.TryFindSignal(name, out var number) ? _chart.Code.Signals[number] : new Signal(name);
    }

    /// <summary>Called with the lock held when an event was put in the queue.</summary>
    /// <returns>Whether <see cref="Schedule"/> must be called for it.</returns>
    private protected abstract bool ClaimRunLocked();

    /// <summary>Has the queue run, soon and elsewhere. Called without the lock.</summary>
    private protected abstract void Schedule();

    /// <summary>Called once when the chart takes nothing more. Called without the lock.</summary>
    private protected abstract void OnClosed();

    private protected void StartMachine(string? state)
    {
        if (Volatile.Read(ref _isClosed))
        {
            throw new InvalidOperationException($"chart '{Name}' was stopped");
        }

        if (!_isNamed)
        {
            Name = DefaultName.Of(state ?? _chart.StartState);
        }

        lock (_gate)
        {
            _isStarting = true;
        }

        var timestamp = TimeProvider.GetTimestamp();
        _handlerThread = Environment.CurrentManagedThreadId;
        try
        {
            _machine.Start(state, timestamp);
            if (_isWatching)
            {
                EndWatchedStep();
            }
        }
        finally
        {
            _handlerThread = 0;
        }

        AfterStep();
    }

    private protected bool TryTake(out QueuedEvent taken, out int left)
    {
        lock (_gate)
        {
            return TryTakeLocked(out taken, out left);
        }
    }

    private protected bool TryTakeLocked(out QueuedEvent taken, out int left)
    {
        var found = RequireQueues().TryTake(out taken);
        left = _queues!.Lengths.Queued;
        return found;
    }

    private protected void RunStep(in QueuedEvent taken, long timestamp)
    {
        _handlerThread = Environment.CurrentManagedThreadId;
        if (_isWatching || taken.Owner is not null)
        {
            BeginWatchedStep(taken.Owner);
        }

        if (taken.Payload is BusRequest request)
        {
            RunRequest(request, taken.Signal, timestamp);
        }
        else
        {
            _arrival = taken.Arrival;
            _machine.Dispatch(taken.Signal, taken.Payload, timestamp);
        }

        if (_isWatching)
        {
            EndWatchedStep();
        }

        _handlerThread = 0;
        AfterStep();
    }

    private protected int Resolve(Event resolved)
    {
        lock (_gate)
        {
            return _machine.Resolve(resolved);
        }
    }

    private EventQueues RequireQueues() =>
        _queues ?? throw new InvalidOperationException($"chart '{Name}' runs without queues");

    private void PostTimed(Event posted, bool isLifo, string? sendId) =>
        Post(posted, isLifo, sendId, isInside: false);

    private bool Post(Event posted, bool isLifo, string? sendId) => Post(posted, isLifo, sendId, IsInHandler);

    private bool Post(Event posted, bool isLifo, string? sendId, bool isInside)
    {
        var queues = RequireQueues();
        int signal;
        bool mustSchedule;
        lock (_gate)
        {
            signal = _machine.Resolve(posted);
            var payload = _machine.Pack(signal, posted, sendId);
            if (_isClosed || !queues.TryPost(new QueuedEvent(signal, payload), isLifo))
            {
                Interlocked.Increment(ref _droppedCount);
                return false;
            }

            mustSchedule = ClaimRunLocked();
        }

        if (isInside)
        {
            _machine.Note(isLifo ? NoteKind.PostLifo : NoteKind.PostFifo, signal);
        }

        ScheduleIf(mustSchedule);
        return true;
    }

    private void ScheduleIf(bool mustSchedule)
    {
        if (mustSchedule)
        {
            Schedule();
        }
    }

    private TimedPostId AddTimedPost(Event posted, PostTiming timing, bool isLifo, string? sendId = null)
    {
        RequireQueues();
        _ = Resolve(posted);
        return _timedPosts.Add(posted, timing, isLifo, sendId);
    }

    private void NoteIfInside(NoteKind kind, int signal)
    {
        if (IsInHandler)
        {
            _machine.Note(kind, signal);
        }
    }

    private void AfterStep()
    {
        _live.TellStep(Name);
        if (_machine.Status == ChartStatus.Done)
        {
            Close();
        }
        else if (_machine.Status == ChartStatus.Faulted)
        {
            Close();
            Faulted?.Invoke(this, EventArgs.Empty);
        }
    }

    private void Close()
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                return;
            }

            Volatile.Write(ref _isClosed, true);
            Interlocked.Add(ref _droppedCount, _queues?.Clear() ?? 0);
        }

        OnClosed();
        EndAll();
    }

    private void EndAll()
    {
        _timedPosts.Close();
        EndHolding();
        Unsubscribe();
    }
}
