using Mesh.Statecharts.Instrumentation;

namespace Mesh.Statecharts.Hosting;

/// <summary>How a chart is hosted.</summary>
public sealed record HostOptions
{
    /// <summary>The most that <see cref="QueueCapacity"/> may be.</summary>
    public const int MaxQueueCapacity = 65_000;

    /// <summary>
    /// The name that the trace prints; by default the first five characters of the version 5 UUID of the start state's
    /// name,
    /// so that two unnamed charts that start in one state share a name.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>
    /// How many events may wait, and how many may be deferred; 1 to 65,000, 500 by default. A post to a full queue is
    /// refused and counted; nothing that waits is ever overwritten. Storage grows with use, 32 bytes an event.
    /// </summary>
    public int QueueCapacity { get; init; } = 500;

    /// <summary>Whether steps are recorded for spy and trace (default). Without it a step costs a few nanoseconds
    /// less.</summary>
    public bool IsInstrumented { get; init; } = true;

    /// <summary>
    /// How many steps and trace lines are kept for spy, trace and readers that come late: a power of two from 16 to
    /// 512, 512 by default, 80 bytes each as soon as they are used. With fewer the spy of an instrumented chart may
    /// have less than its 500 lines, and a reader that is late misses more.
    /// </summary>
    public int HistoryCapacity { get; init; } = StepRing.MaxCapacity;

    /// <summary>
    /// Whether the chart has queues (default). Without them it is the bare event processor: events are dispatched
    /// straight
    /// in, posts throw, and the spy has no queue lines. For <see cref="ChartHost{TContext}"/> only.
    /// </summary>
    public bool HasQueues { get; init; } = true;

    /// <summary>What brings published events from chart to chart; <see langword="null"/> (default) for a chart that
    /// neither publishes nor subscribes.</summary>
    public EventBus? Bus { get; init; }

    /// <summary>How long the end of an active object waits for work that was cancelled and does not end: zero to one
    /// day, 5 seconds by default, on the chart's clock.</summary>
    public TimeSpan WorkPatience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Checks the options.</summary>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public HostOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(QueueCapacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(QueueCapacity, MaxQueueCapacity);
        StepRing.ThrowIfNoCapacity(HistoryCapacity);
        ArgumentOutOfRangeException.ThrowIfLessThan(WorkPatience, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(WorkPatience, TimeSpan.FromDays(1));
        return this;
    }
}
