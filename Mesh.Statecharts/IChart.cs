using System.Diagnostics.CodeAnalysis;
using Mesh.Statecharts.Hosting;

namespace Mesh.Statecharts;

/// <summary>What a handler may ask of the chart it runs in, in the words of miros; hosted charts offer the same from
/// outside.</summary>
/// <remarks>
/// A post, defer, recall or scribble that a handler makes is noted in the spy at its place within the step; one that
/// comes
/// from outside leaves no line. All members may be called from any thread unless said otherwise.
/// </remarks>
public interface IChart
{
    /// <summary>The name that the trace prints.</summary>
    string Name { get; }

    /// <summary>
    /// The settled state: during a step still the one before it; empty before the start. Several innermost states of
    /// regions stand in document order, joined by commas.
    /// </summary>
    string StateName { get; }

    /// <summary>The event that the running handler reacts to; the default value during the start and outside of
    /// handlers.</summary>
    Event CurrentEvent { get; }

    /// <summary>Where <see cref="CurrentEvent"/> came from.</summary>
    EventOrigin CurrentOrigin { get; }

    /// <summary>The id of the send that made <see cref="CurrentEvent"/> or, for an error, that failed;
    /// <see langword="null"/> when it had none.</summary>
    string? CurrentSendId { get; }

    /// <summary>Whether the settled state is this one or lies inside of it.</summary>
    /// <remarks>In the Scxml profile it is told by the states that are active at the moment, also within a step:
    /// SCXML's <c>In()</c>.</remarks>
    /// <param name="state">The name of a state.</param>
    /// <returns><see langword="false"/> also before the start and for a name that the chart does not know.</returns>
    bool IsIn(string state);

    /// <summary>Puts an event at the end of the queue.</summary>
    /// <param name="posted">The event.</param>
    /// <returns><see langword="false"/> when the queue is full or the chart takes no events any more;
    /// counted.</returns>
    /// <exception cref="ArgumentException">The payload is not of the type that the signal carries in this
    /// chart.</exception>
    /// <exception cref="InvalidOperationException">The chart runs without queues.</exception>
    bool PostFifo(Event posted);

    /// <summary>Puts an event at the front of the queue.</summary>
    /// <param name="posted">The event.</param>
    /// <returns><see langword="false"/> when the queue is full or the chart takes no events any more;
    /// counted.</returns>
    /// <exception cref="ArgumentException">The payload is not of the type that the signal carries in this
    /// chart.</exception>
    /// <exception cref="InvalidOperationException">The chart runs without queues.</exception>
    bool PostLifo(Event posted);

    /// <summary>Puts an event at the end of the queue again and again.</summary>
    /// <param name="posted">The event.</param>
    /// <param name="timing">When and how often.</param>
    /// <returns>What <see cref="CancelEvent"/> takes.</returns>
    /// <exception cref="ArgumentException">The payload is not of the type that the signal carries in this
    /// chart.</exception>
    /// <exception cref="InvalidOperationException">500 timed posts are pending, or the chart runs without
    /// queues.</exception>
    TimedPostId PostFifo(Event posted, PostTiming timing);

    /// <summary>Puts an event at the front of the queue again and again.</summary>
    /// <param name="posted">The event.</param>
    /// <param name="timing">When and how often.</param>
    /// <returns>What <see cref="CancelEvent"/> takes.</returns>
    /// <exception cref="ArgumentException">The payload is not of the type that the signal carries in this
    /// chart.</exception>
    /// <exception cref="InvalidOperationException">500 timed posts are pending, or the chart runs without
    /// queues.</exception>
    TimedPostId PostLifo(Event posted, PostTiming timing);

    /// <summary>Ends one timed post; silent when it ended before or was never made.</summary>
    /// <param name="id">What the timed post returned.</param>
    void CancelEvent(TimedPostId id);

    /// <summary>Ends all timed posts of this signal.</summary>
    /// <param name="signal">The signal; its name decides.</param>
    void CancelEvents(Signal signal);

    /// <summary>
    /// Puts an event in the internal queue of the Scxml profile, which is emptied before the next event from outside is
    /// taken. A name that is <c>error</c> or begins with <c>error.</c> is an error of the platform.
    /// </summary>
    /// <param name="raised">The event.</param>
    /// <param name="sendId">The id of the send that failed, for an error; <see langword="null"/> otherwise.</param>
    /// <returns><see langword="false"/> when the queue is full; counted.</returns>
    /// <exception cref="ArgumentException">The payload is not of the type that the signal carries in this
    /// chart.</exception>
    /// <exception cref="InvalidOperationException">
    /// The chart is of the Samek profile, or no handler of it is running on this thread.
    /// </exception>
    bool Raise(Event raised, string? sendId = null);

    /// <summary>Puts an event at the end of the queue, at once or after a delay.</summary>
    /// <param name="sent">The event.</param>
    /// <param name="delay">How long to wait; zero for not at all. Not negative.</param>
    /// <param name="sendId">What <see cref="CancelSend"/> takes; need not be unique. <see langword="null"/> for
    /// none.</param>
    /// <returns><see langword="false"/> when it was due at once and refused as by
    /// <see cref="PostFifo(Event)"/>.</returns>
    /// <exception cref="ArgumentException">The payload is not of the type that the signal carries in this
    /// chart.</exception>
    /// <exception cref="InvalidOperationException">500 timed posts are pending, or the chart runs without
    /// queues.</exception>
    bool Send(Event sent, TimeSpan delay = default, string? sendId = null);

    /// <summary>Ends all delayed sends of this id; silent when none is pending.</summary>
    /// <param name="sendId">The id.</param>
    void CancelSend(string sendId);

    /// <summary>Puts an event aside until <see cref="Recall"/>.</summary>
    /// <param name="deferred">The event.</param>
    /// <returns><see langword="false"/> when the deferred queue is full or the chart takes no events any more;
    /// counted.</returns>
    /// <exception cref="ArgumentException">The payload is not of the type that the signal carries in this
    /// chart.</exception>
    /// <exception cref="InvalidOperationException">The chart runs without queues.</exception>
    bool Defer(Event deferred);

    /// <summary>Moves the oldest deferred event to the end of the queue.</summary>
    /// <returns><see langword="false"/> when nothing is deferred, or the queue is full and the event stays
    /// deferred.</returns>
    /// <exception cref="InvalidOperationException">The chart runs without queues.</exception>
    bool Recall();

    /// <summary>Has the events of a signal that are published on the bus put in the queue, until the chart
    /// ends.</summary>
    /// <remarks>What is asked for before the chart runs becomes one of its first events (<c>SUBSCRIBE_META_SIGNAL</c>,
    /// Samek profile). To subscribe once more changes the queue type.</remarks>
    /// <param name="signal">The signal; its name decides.</param>
    /// <param name="queue">Where in the queue the events go.</param>
    /// <returns><see langword="false"/> when the chart takes no events any more, or its queue is full before the
    /// start.</returns>
    /// <exception cref="InvalidOperationException">The chart runs without queues or without a bus.</exception>
    bool Subscribe(Signal signal, QueueType queue = QueueType.Fifo);

    /// <summary>Puts an event in the queue of every chart that subscribed to its signal, this one too.</summary>
    /// <remarks>What is asked for before the chart runs becomes one of its first events (<c>PUBLISH_META_SIGNAL</c>,
    /// Samek profile). How priorities order is told at <see cref="EventBus"/>.</remarks>
    /// <param name="published">The event; charts share its payload.</param>
    /// <param name="priority">1 (highest) to 1,000,000.</param>
    /// <returns><see langword="false"/> when the chart takes no events any more, or its queue is full before the
    /// start. A subscriber that refuses the event counts it.</returns>
    /// <exception cref="ArgumentException">The payload is not of the type that the signal carries in this
    /// chart.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The priority is out of its range.</exception>
    /// <exception cref="InvalidOperationException">The chart runs without queues or without a bus.</exception>
    bool Publish(Event published, int priority = EventBus.DefaultPriority);

    /// <summary>Starts work from a handler; its result comes back as an event. It is cancelled when the state that it
    /// belongs to is left, and nothing of it is told then, also when its result waits in the queue already; so too
    /// when the chart ends.</summary>
    /// <remarks>
    /// The effect of a transition runs before the exits in the Samek profile: what it starts for a state that the
    /// transition leaves ends at once. In the Scxml profile it runs after them, and its work belongs to the innermost
    /// state around its source that is active then. Work of no state ends with the chart.
    /// </remarks>
    /// <typeparam name="TResult">What comes of it.</typeparam>
    /// <param name="work">
    /// Starts it on the thread of the chart, so it must not block; the handlers' data are theirs alone as soon as the
    /// method has returned its task. The token says that the state was left.
    /// </param>
    /// <param name="completed">Carries the result, at the end of the queue, which may be full.</param>
    /// <param name="failed">Carries what the work threw.</param>
    /// <param name="state">A state around the one whose handler runs; by default that one itself.</param>
    /// <exception cref="ArgumentException">The state is not there, not active, or not around the
    /// handler's.</exception>
    /// <exception cref="InvalidOperationException">No handler of the chart is running on this thread, 500 pieces of
    /// work run, or the chart runs without queues.</exception>
    void StartWork<TResult>(
        Func<CancellationToken, Task<TResult>> work,
        Signal<TResult> completed,
        Signal<Exception> failed,
        string? state = null);

    /// <summary>Writes a line of the author's own into the spy. Ignored outside of a handler.</summary>
    /// <param name="text">The line; only what fits 4 KiB of UTF-8 is kept.</param>
    void Scribble(string text);

    /// <summary>Ends the chart after the step that is running: no further event runs, its timed posts are
    /// cancelled.</summary>
    [SuppressMessage("Naming", "CA1716", Justification = "The word of miros; other languages can quote it.")]
    void Stop();
}
