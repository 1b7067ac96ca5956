using Mesh.Statecharts.Instrumentation;
using Mesh.Statecharts.Snapshots;

namespace Mesh.Statecharts.Engine;

/// <summary>What a host needs of a machine, whichever profile it runs.</summary>
internal interface IChartMachine
{
    /// <summary>Names of what the machine met beyond the definition.</summary>
    ChartNames Names { get; }

    /// <summary>The settled state.</summary>
    string StateName { get; }

    /// <summary>The event that is running.</summary>
    Event CurrentEvent { get; }

    /// <summary>Where that came from.</summary>
    EventOrigin CurrentOrigin { get; }

    /// <summary>The id of the send that made it, if any.</summary>
    string? CurrentSendId { get; }

    /// <summary>Whether the chart can run.</summary>
    ChartStatus Status { get; }

    /// <summary>What a handler threw, once the chart is faulted.</summary>
    Exception? Fault { get; }

    /// <summary>How many events the machine itself refused.</summary>
    long DroppedCount { get; }

    /// <summary>Whether a state is active.</summary>
    bool IsIn(string state);

    /// <summary>Starts the chart.</summary>
    void Start(string? state, long timestamp);

    /// <summary>The number of the event's signal; the host locks around it.</summary>
    int Resolve(Event resolved);

    /// <summary>What is queued as the payload of an event, beside the number of its signal.</summary>
    object? Pack(int signal, Event posted, string? sendId);

    /// <summary>Runs one event to completion; the payload as <see cref="Pack"/> made it.</summary>
    void Dispatch(int signal, object? payload, long timestamp);

    /// <summary>Adds a note to the running step.</summary>
    void Note(NoteKind kind, int signal);

    /// <summary>Adds a note of two numbers to the running step, or to the start while there was none.</summary>
    void Note(NoteKind kind, int number, int detail);

    /// <summary>Adds a note to the step of an event that no state takes, before it is dispatched.</summary>
    void NoteAtTop(NoteKind kind, int number, int detail) => Note(kind, number, detail);

    /// <summary>Notes that the running handler answered otherwise than the definition says.</summary>
    void NoteReport(Definition.Report report)
    {
        // Only states that are written as methods do, and those belong to the Samek profile.
    }

    /// <summary>Adds a line to the running step.</summary>
    void Scribble(string text);

    /// <summary>Puts an event in the internal queue.</summary>
    bool Raise(Event raised, string? sendId);

    /// <summary>The event that <see cref="Pack"/> packed, and the id of its send.</summary>
    (Event Posted, string? SendId) Unpack(int signal, object? payload);

    /// <summary>The active states by number, in document order; of the Samek profile the settled one alone.</summary>
    IReadOnlyList<int> ActiveStates { get; }

    /// <summary>What histories remember.</summary>
    IReadOnlyList<SnapshotMemory> Memories { get; }

    /// <summary>Says why the chart cannot be in these states; <see langword="null"/> when it can.</summary>
    string? FindImpossible(IReadOnlyList<int> active, IReadOnlyList<SnapshotMemory> memories);

    /// <summary>Begins in these states, which are possible, instead of a start; no handler runs.</summary>
    /// <param name="active">The active states.</param>
    /// <param name="memories">What histories remember.</param>
    /// <param name="timestamp">When it happens, for the record.</param>
    /// <exception cref="InvalidOperationException">The chart was started before.</exception>
    void Restore(IReadOnlyList<int> active, IReadOnlyList<SnapshotMemory> memories, long timestamp);

    /// <summary>The state that work of the running handler belongs to, or top.</summary>
    /// <param name="state">A state around the handler's own; <see langword="null"/> for its own.</param>
    /// <exception cref="ArgumentException">It is no active state around the handler's.</exception>
    int WorkStateOf(string? state);

    /// <summary>Which call of the step is running.</summary>
    int WorkPlace { get; }

    /// <summary>Has every state told that is left from now on, with the place of its exit.</summary>
    void WatchExits(Action<int, int> left);

    /// <summary>Goes before a step of a watched machine.</summary>
    void BeginWatchedStep()
    {
        // A machine that tells of exits as they happen needs no beginning.
    }

    /// <summary>Goes after a step of a watched machine.</summary>
    void EndWatchedStep()
    {
        // A machine that tells of exits as they happen has told them.
    }

    /// <summary>Takes no further event.</summary>
    void Stop();
}
