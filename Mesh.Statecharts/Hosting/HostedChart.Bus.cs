using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Statecharts.Hosting;

/// <content>Publishing and subscribing.</content>
public abstract partial class HostedChart<TContext> : IBusSubscriber
{
    private readonly EventBus? _bus;
    private Dictionary<string, QueueType>? _subscribed;
    private bool _isStarting;

    /// <inheritdoc/>
    public bool Subscribe(Signal signal, QueueType queue = QueueType.Fifo)
    {
        ArgumentNullException.ThrowIfNull(signal);
        if (!Enum.IsDefined(queue))
        {
            throw new ArgumentOutOfRangeException(nameof(queue));
        }

        return Ask(signal, NumberOf(signal), isPublication: false, (int)queue);
    }

    /// <inheritdoc/>
    public bool Publish(Event published, int priority = EventBus.DefaultPriority)
    {
        EventBus.ThrowIfNoPriority(priority);
        return Ask(published, Resolve(published), isPublication: true, priority);
    }

    bool IBusSubscriber.Deliver(Event published, QueueType queue, int priority)
    {
        bool mustSchedule;
        lock (_gate)
        {
            if (_isClosed || !Accepts(published))
            {
                Interlocked.Increment(ref _droppedCount);
                return false;
            }

            var signal = _machine.Resolve(published);
            var isLifo = queue == QueueType.Lifo;
            var posted = new QueuedEvent(signal, _machine.Pack(signal, published, sendId: null))
            {
                Priority = isLifo ? 0 : priority,
            };
            if (!_queues!.TryPost(posted, isLifo))
            {
                Interlocked.Increment(ref _droppedCount);
                return false;
            }

            mustSchedule = ClaimRunLocked();
        }

        ScheduleIf(mustSchedule);
        return true;
    }

    private bool Accepts(Event published) => !Definition.TryFindSignal(published.Signal.Name, out var number)
        || _chart.Code.Signals[number].Accepts(published.Payload);

    // The number of a signal alone; that its events carry something does not matter here.
    private int NumberOf(Signal signal)
    {
        lock (_gate)
        {
            return Definition.TryFindSignal(signal.Name, out var number) ? number
                : _machine.Names.Signals.NumberOf(signal.Name);
        }
    }

    private EventBus RequireBus() =>
        _bus ?? throw new InvalidOperationException($"chart '{Name}' has no bus; see HostOptions.Bus");

    private bool Ask(Event subject, int signal, bool isPublication, int detail)
    {
        RequireQueues();
        RequireBus();
        var request = new BusRequest(subject, signal, isPublication, detail);
        var mustWait = _machine.Status == ChartStatus.Created && Definition.Profile == Profile.Samek;
        return mustWait ? PostRequest(request) : Perform(request, IsInHandler);
    }

    // As in miros: what is asked for before the chart runs becomes one of its first events, the last one first.
    private bool PostRequest(BusRequest request)
    {
        lock (_gate)
        {
            var meta = request.IsPublication ? InnerSignals.PublishMeta : InnerSignals.SubscribeMeta;
            var posted = new QueuedEvent(_machine.Names.Signals.NumberOf(meta), request);
            if (_isClosed || !RequireQueues().TryPost(posted, isLifo: true))
            {
                Interlocked.Increment(ref _droppedCount);
                return false;
            }

            if (IsInHandler || !_isStarting)
            {
                _machine.Note(NoteKind.MetaPost, request.IsPublication ? 1 : 0, _isStarting ? 0 : 1);
            }
        }

        return true;
    }

    private bool Perform(BusRequest request, bool isInside)
    {
        if (Volatile.Read(ref _isClosed))
        {
            return false;
        }

        if (isInside)
        {
            var kind = request.IsPublication ? NoteKind.Publish : NoteKind.Subscribe;
            _machine.Note(kind, request.Signal, request.Detail);
        }

        Carry(request);
        return true;
    }

    // The step of a request: every state is offered it, none takes it, and top deals with it.
    private void RunRequest(BusRequest request, int meta, long timestamp)
    {
        var kind = request.IsPublication ? NoteKind.Publish : NoteKind.Subscribe;
        _machine.NoteAtTop(kind, request.Signal, request.Detail);
        Carry(request);
        _machine.Dispatch(meta, null, timestamp);
    }

    private void Carry(BusRequest request)
    {
        var bus = RequireBus();
        if (request.IsPublication)
        {
            bus.Publish(request.Subject, request.Detail);
            return;
        }

        var name = request.Subject.Signal.Name;
        lock (_gate)
        {
            (_subscribed ??= new Dictionary<string, QueueType>(StringComparer.Ordinal))[name] =
                (QueueType)request.Detail;
        }

        bus.Subscribe(name, new BusSubscription(this, (QueueType)request.Detail));
        if (Volatile.Read(ref _isClosed))
        {
            Unsubscribe();
        }
    }

    private void Unsubscribe()
    {
        string[] names;
        lock (_gate)
        {
            names = [.. _subscribed?.Keys ?? Enumerable.Empty<string>()];
            _subscribed?.Clear();
        }

        if (names.Length > 0)
        {
            RequireBus().Unsubscribe(names, this);
        }
    }
}
