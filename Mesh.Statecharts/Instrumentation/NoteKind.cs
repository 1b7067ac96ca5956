namespace Mesh.Statecharts.Instrumentation;

/// <summary>What a handler did within a step. Values are wire values; a reader skips those it does not know.</summary>
public enum NoteKind : byte
{
    /// <summary>Posted to the end of the queue. Body: signal.</summary>
    PostFifo = 1,

    /// <summary>Posted to the front of the queue. Body: signal.</summary>
    PostLifo = 2,

    /// <summary>Put aside. Body: signal.</summary>
    Defer = 3,

    /// <summary>Took the oldest deferred event back, to the end of the queue. Body: signal; then 1 when a state
    /// that is left had held it, and it goes back to the front.</summary>
    Recall = 4,

    /// <summary>Subscribed. Body: signal, then a number: 0 for fifo, 1 for lifo.</summary>
    Subscribe = 5,

    /// <summary>Published an event. Body: signal, then priority.</summary>
    Publish = 6,

    /// <summary>
    /// Posted a wish to subscribe or publish to the chart itself, which had not started. Body: 0 to subscribe, 1 to
    /// publish; then a number that is 1 when it was posted before the start began, which only the first notes of a
    /// start may be.
    /// </summary>
    MetaPost = 7,

    /// <summary>Wrote a line. Body: UTF-8 text.</summary>
    Scribble = 8,

    /// <summary>Answered otherwise than the definition says. Body: one byte, a
    /// <see cref="Definition.Report"/>.</summary>
    Report = 9,

    /// <summary>An init chose its target. Body: state.</summary>
    Target = 10,

    /// <summary>Threw; the last note of its step. Body: state, then UTF-8 name of the exception's type.</summary>
    Fault = 11,

    /// <summary>Reserved: what made the event.</summary>
    Cause = 12,

    /// <summary>Reserved: a hybrid logical clock.</summary>
    HybridClock = 13,

    /// <summary>Put an event in the internal queue of the Scxml profile. Body: signal.</summary>
    Raise = 14,

    /// <summary>
    /// Began a microstep of the Scxml profile. Body, all numbers: signal plus one or 0 when it needed no event, how
    /// many transitions, these, how many states are left, these in their order, and those that are entered in theirs.
    /// Its place is that of the microstep itself; then follow the exits, the contents of the transitions and the
    /// entries.
    /// </summary>
    Microstep = 15,

    /// <summary>Ran the default content of an initial or a history of the Scxml profile: a call more, at its place.
    /// Body: the state, or the history.</summary>
    Initial = 16,
}
