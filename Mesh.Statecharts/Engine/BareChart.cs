using Mesh.Statecharts.Hosting;

namespace Mesh.Statecharts.Engine;

/// <summary>What handlers see as the chart when a machine runs without a host: it can be asked and scribbled on, not
/// posted to.</summary>
internal sealed class BareChart<TContext>(EventProcessor<TContext> machine, string name) : IChartInside
{
    public string Name => name;

    public string StateName => machine.StateName;

    public Event CurrentEvent => machine.CurrentEvent;

    public EventOrigin CurrentOrigin => machine.CurrentOrigin;

    public string? CurrentSendId => machine.CurrentSendId;

    public bool IsIn(string state) => machine.IsIn(state);

    public bool PostFifo(Event posted) => throw NoQueues();

    public bool PostLifo(Event posted) => throw NoQueues();

    public TimedPostId PostFifo(Event posted, PostTiming timing) => throw NoQueues();

    public TimedPostId PostLifo(Event posted, PostTiming timing) => throw NoQueues();

    public void Send(Event sent, PostTiming timing, string? sendId) => throw NoQueues();

    public void CancelEvent(TimedPostId id)
    {
        // Nothing can have been posted, and a cancel that finds nothing is silent.
    }

    public void CancelEvents(Signal signal)
    {
        // Nothing can have been posted, and a cancel that finds nothing is silent.
    }

    public bool Raise(Event raised, string? sendId = null) => machine.Raise(raised, sendId);

    public bool Send(Event sent, TimeSpan delay = default, string? sendId = null) => throw NoQueues();

    public void CancelSend(string sendId)
    {
        // Nothing can have been sent, and a cancel that finds nothing is silent.
    }

    public bool Defer(Event deferred) => throw NoQueues();

    public bool Recall() => throw NoQueues();

    public bool Subscribe(Signal signal, QueueType queue = QueueType.Fifo) => throw NoQueues();

    public bool Publish(Event published, int priority = EventBus.DefaultPriority) => throw NoQueues();

    public void StartWork<TResult>(
        Func<CancellationToken, Task<TResult>> work,
        Signal<TResult> completed,
        Signal<Exception> failed,
        string? state = null) => throw NoQueues();

    public void Scribble(string text) => machine.Scribble(text);

    public void Stop() => machine.Stop();

    public void NoteReport(Definition.Report report) => machine.NoteReport(report);

    public void Arm(Signal timer, TimeSpan duration) => throw NoQueues();

    public void Disarm(string timer) => throw NoQueues();

    public void Hold(string owner) => throw NoQueues();

    public void Release(string owner) => throw NoQueues();

    public void StartWork(string owner, Func<CancellationToken, Task> work, Func<Task, Event> told) =>
        throw NoQueues();

    public void CancelWork(string owner) => throw NoQueues();

    private static InvalidOperationException NoQueues() => new("the chart runs without queues");
}
