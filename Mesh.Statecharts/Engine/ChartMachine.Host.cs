using Mesh.Statecharts.Definition;

namespace Mesh.Statecharts.Engine;

/// <content>What a host sees of the machine.</content>
public sealed partial class ChartMachine<TContext> : IChartMachine
{
    Event IChartMachine.CurrentEvent => CurrentEvent;

    EventOrigin IChartMachine.CurrentOrigin => CurrentOrigin;

    // Sends with an id are timed posts here; events do not carry it.
    string? IChartMachine.CurrentSendId => null;

    // Nothing is queued here.
    long IChartMachine.DroppedCount => 0;

    /// <summary>Where the event that is running came from.</summary>
    internal EventOrigin CurrentOrigin => IsRunningEvent ? EventOrigin.External : EventOrigin.None;

    int IChartMachine.Resolve(Event resolved) => Resolve(resolved);

    object? IChartMachine.Pack(int signal, Event posted, string? sendId) => posted.Payload;

    void IChartMachine.Dispatch(int signal, object? payload, long timestamp) => Dispatch(signal, payload, timestamp);

    void IChartMachine.Note(Instrumentation.NoteKind kind, int signal) => Note(kind, signal);

    void IChartMachine.Note(Instrumentation.NoteKind kind, int number, int detail) =>
        _notes?.Add(kind, CallPlace.Ordinal(_place), number, detail);

    // Top is asked after the settled state and all around it.
    void IChartMachine.NoteAtTop(Instrumentation.NoteKind kind, int number, int detail) =>
        _notes?.Add(kind, _chart.Definition.DepthOf(_leaf), number, detail);

    void IChartMachine.NoteReport(Report report) => NoteReport(report);

    void IChartMachine.Scribble(string text) => Scribble(text);

    bool IChartMachine.Raise(Event raised, string? sendId) => Raise();

    void IChartMachine.Stop() => Stop();

    /// <summary>Notes that the running handler answered otherwise than the definition says.</summary>
    internal void NoteReport(Report report) => _notes?.AddReport(CallPlace.Ordinal(_place), report);

    /// <summary>Refuses: there is no internal queue.</summary>
    internal bool Raise() => throw new InvalidOperationException(
        $"chart '{_chart.Name}' is of the Samek profile: it posts, and does not raise");

    private static void ThrowIfNotSamek(Chart<TContext> chart)
    {
        if (chart.Definition.Profile != Profile.Samek)
        {
            throw new ArgumentException($"chart '{chart.Name}' is not of the Samek profile", nameof(chart));
        }
    }
}
