using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Engine;
using Mesh.Statecharts.Hosting;

namespace Mesh.Statecharts.Snapshots;

/// <summary>Everything that a restore needs, made and checked before the chart is touched. Used once.</summary>
internal sealed class RestorePlan<TContext>(
    Chart<TContext> chart,
    EventProcessor<TContext> machine,
    Func<string, Signal> signalOf,
    SnapshotCodec<TContext> codec)
{
    private readonly Dictionary<string, (StateWork<TContext> Work, int State)> _declared = chart.Code.States
        .SelectMany((code, state) => (code.Works ?? []).Select(work => (Work: work, State: state)))
        .ToDictionary(each => each.Work.Owner, StringComparer.Ordinal);

    private readonly ILookup<string, int> _timers = chart.Code.States
        .SelectMany((code, state) => (code.Timers ?? []).Select(timer => (timer.Name, State: state)))
        .ToLookup(each => each.Name, each => each.State, StringComparer.Ordinal);

    /// <summary>What goes into the queues.</summary>
    public QueueContent Content { get; private set; } = new([], [], [], 0);

    /// <summary>Timed posts and delayed sends.</summary>
    public List<PendingPost> Posts { get; private set; } = [];

    /// <summary>The timers of states.</summary>
    public List<PendingPost> StateTimers { get; private set; } = [];

    /// <summary>Work that handlers had started.</summary>
    public List<RunningWork> Works { get; } = [];

    /// <summary>Work of states, to be started anew.</summary>
    public List<StateWork<TContext>> DeclaredWorks { get; } = [];

    /// <summary>Makes it; the context gets its content last and only if all else fits.</summary>
    public RestoreResult Prepare(ChartSnapshot snapshot, TContext context, bool hasBus)
    {
        if (snapshot.Definition.DifferenceFrom(chart.Definition) is { } difference)
        {
            return new RestoreResult(SnapshotRefusal.OtherDefinition, difference);
        }

        try
        {
            Check(snapshot, hasBus);
            Content = new QueueContent(
                [.. snapshot.Waiting.Select(Queue)],
                [.. snapshot.Deferred.Select(Queue)],
                [.. snapshot.Held.Select(held => new HeldEvent(Queue(held), held.Holder ?? ""))],
                snapshot.LastArrival);
            Posts = Arm(snapshot.Posts);
            CheckStateTimers(snapshot);
            StateTimers = Arm(snapshot.StateTimers);
            snapshot.Works.ToList().ForEach(work => Take(work, snapshot));
        }
        catch (RefusedException refused)
        {
            return new RestoreResult(refused.Refusal, refused.Message);
        }

        return Guarded(() => codec.TryReadContext(snapshot.Context, context), out var fault)
            ? default
            : new RestoreResult(SnapshotRefusal.UnknownContext, "the codec does not take the context" + fault);
    }

    private void Check(ChartSnapshot snapshot, bool hasBus)
    {
        if (machine.FindImpossible(snapshot.Active, snapshot.Memories) is { } fault)
        {
            throw Impossible(fault);
        }

        var requests = snapshot.Waiting.Concat(snapshot.Deferred).Concat(snapshot.Held)
            .Any(each => each.Request != 0);
        if (requests && chart.Definition.Profile != Profile.Samek)
        {
            throw Impossible("it has wishes to subscribe or publish that wait, which are of the Samek profile");
        }

        if ((snapshot.Subscriptions.Count > 0 || requests) && !hasBus)
        {
            throw Impossible("it has subscriptions, and the chart has no bus");
        }

        if (snapshot.Held.Any(held => !chart.Definition.TryFindState(held.Holder ?? "", out var holder)
            || !IsActive(snapshot, holder)))
        {
            throw Impossible("a state holds events that is not active");
        }

        if (snapshot.Subscriptions.Any(subscription => subscription.Signal.Length == 0))
        {
            throw Impossible("a subscription has no signal");
        }
    }

    private QueuedEvent Queue(SnapshotEvent waiting)
    {
        var posted = Read(waiting);
        if (waiting.Request != 0)
        {
            return QueueRequest(waiting, posted);
        }

        var signal = machine.Resolve(posted);
        return new QueuedEvent(signal, machine.Pack(signal, posted, waiting.SendId))
        {
            Priority = waiting.Priority,
            Arrival = waiting.Arrival,
            Owner = waiting.Owner,
        };
    }

    private QueuedEvent QueueRequest(SnapshotEvent waiting, Event posted)
    {
        var isPublication = waiting.Request == 2;
        if (isPublication ? waiting.Detail < EventBus.HighestPriority : waiting.Detail > (int)QueueType.Lifo)
        {
            throw Impossible("a wish to subscribe or publish is none");
        }

        var meta = isPublication ? InnerSignals.PublishMeta : InnerSignals.SubscribeMeta;
        var signal = chart.Definition.TryFindSignal(posted.Signal.Name, out var known) ? known
            : machine.Names.Signals.NumberOf(posted.Signal.Name);
        var request = new BusRequest(posted, signal, isPublication, waiting.Detail);
        return new QueuedEvent(machine.Names.Signals.NumberOf(meta), request);
    }

    private Event Read(SnapshotEvent waiting)
    {
        if (waiting.Signal.Length == 0)
        {
            throw Impossible("an event has no signal");
        }

        var signal = signalOf(waiting.Signal);
        object? payload = null;
        var fault = "";
        var isRead = waiting.Payload is not { } bytes
            || Guarded(() => codec.TryReadPayload(signal, bytes, out payload), out fault);

        // A wish to subscribe carries nothing, whatever its signal does.
        return isRead && (signal.Accepts(payload) || waiting.Request == 1) ? new Event(signal, payload)
            : throw new RefusedException(
                SnapshotRefusal.UnknownPayload, $"the codec does not take the payload of '{signal.Name}'{fault}");
    }

    private List<PendingPost> Arm(SnapshotTimers timers)
    {
        if (timers.Armed.Count > TimedPosts.MaxPending
            || timers.Armed.Select(timer => timer.Id).Distinct().Count() != timers.Armed.Count
            || timers.Armed.Any(timer => !timer.Timer.IsPossible))
        {
            throw Impossible("its timers cannot be armed so");
        }

        return [.. timers.Armed.Select(timer =>
            new PendingPost(timer.Id, Read(timer.Posted), timer.Posted.SendId, timer.Timer))];
    }

    // Each fires once, to the end of the queue, and is armed again only when its state is entered again.
    private void CheckStateTimers(ChartSnapshot snapshot)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (_, posted, timer) in snapshot.StateTimers.Armed)
        {
            if (timer.Timing.Times != 1 || timer.IsLifo || !names.Add(posted.Signal)
                || !_timers[posted.Signal].Any(state => IsActive(snapshot, state)))
            {
                throw Impossible($"no active state has such a timer '{posted.Signal}'");
            }
        }
    }

    private bool IsActive(ChartSnapshot snapshot, int state) =>
        snapshot.Active.Any(active => chart.Definition.IsInside(active, state));

    private void Take(SnapshotWork work, ChartSnapshot snapshot)
    {
        var state = work.State - 2;
        if (state == RunningWork.Declared)
        {
            DeclaredWorks.Add(
                _declared.TryGetValue(work.Owner, out var declared) && IsActive(snapshot, declared.State)
                ? declared.Work : throw Impossible($"no active state has work '{work.Owner}'"));
            return;
        }

        if ((state != ChartDefinition.Top && !IsActive(snapshot, state))
            || (!work.IsDone && work.FailedSignal.Length == 0)
            || Works.Count >= HostedChart<TContext>.MaxWorks)
        {
            throw Impossible($"there cannot be work '{work.Owner}'");
        }

        Works.Add(new RunningWork(work.Owner, state, static _ => default)
        {
            FailedSignal = work.FailedSignal,
            IsDone = work.IsDone,
        });
    }

    // What the code of others throws over strange bytes is a refusal of theirs.
    private static bool Guarded(Func<bool> read, out string fault)
    {
        try
        {
            fault = "";
            return read();
        }
        catch (Exception exception)
        {
            fault = $": {exception.GetType().Name}: {exception.Message}";
            return false;
        }
    }

    private static RefusedException Impossible(string message) => new(SnapshotRefusal.Impossible, message);

    private sealed class RefusedException(SnapshotRefusal refusal, string message) : Exception(message)
    {
        public SnapshotRefusal Refusal => refusal;
    }
}
