using Mesh.Statecharts.Definition;

namespace Mesh.Statecharts.Engine;

/// <summary>What the code that the builder adds to handlers asks of the chart they run in.</summary>
internal interface IChartInside : IChart
{
    /// <summary>Notes that the running handler answered otherwise than the definition says.</summary>
    void NoteReport(Report report);

    /// <summary>Puts an event at the end of the queue again and again, until <see cref="IChart.CancelSend"/>.</summary>
    /// <exception cref="InvalidOperationException">500 timed posts are pending, or the chart runs without
    /// queues.</exception>
    void Send(Event sent, PostTiming timing, string? sendId);

    /// <summary>Starts the timer of a state that was entered.</summary>
    void Arm(Signal timer, TimeSpan duration);

    /// <summary>Ends the timer of a state that is left; what it posted and did not run yet is taken back.</summary>
    void Disarm(string timer);

    /// <summary>Puts the running event aside until its owner is left.</summary>
    void Hold(string owner);

    /// <summary>Puts what an owner held back to the front of the queue.</summary>
    void Release(string owner);

    /// <summary>Starts the work of a state that was entered.</summary>
    void StartWork(string owner, Func<CancellationToken, Task> work, Func<Task, Event> told);

    /// <summary>Cancels the work of a state that is left; a result that did not run yet is taken back.</summary>
    void CancelWork(string owner);
}
