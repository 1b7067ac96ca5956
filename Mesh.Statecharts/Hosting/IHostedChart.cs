using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Statecharts.Hosting;

/// <summary>A running chart, whatever its context: what something that watches and drives many charts needs of
/// each.</summary>
public interface IHostedChart : IChart
{
    /// <summary>What the chart is.</summary>
    ChartDefinition Definition { get; }

    /// <summary>Names of the signals that the chart met beyond its definition.</summary>
    ChartNames Names { get; }

    /// <summary>The last steps; <see langword="null"/> when the chart is not instrumented.</summary>
    StepRing? Ring { get; }

    /// <summary>What the timestamps of the steps are told by.</summary>
    WallAnchor Anchor { get; }

    /// <summary>Whether the chart takes events.</summary>
    ChartStatus Status { get; }

    /// <summary>What a handler threw, once <see cref="Status"/> is <see cref="ChartStatus.Faulted"/>.</summary>
    Exception? Fault { get; }

    /// <summary>How many events wait.</summary>
    int QueuedCount { get; }

    /// <summary>How many events are deferred.</summary>
    int DeferredCount { get; }

    /// <summary>How many events were refused because a queue was full or the chart had ended, or thrown away as it
    /// ended.</summary>
    long DroppedCount { get; }

    /// <summary>
    /// Raised once when the chart has become faulted, on the thread that ran it, after the step was recorded. Must not
    /// throw.
    /// </summary>
    event EventHandler? Faulted;

    /// <summary>The signal of this name, for events that come from elsewhere.</summary>
    /// <param name="name">Any name.</param>
    /// <returns>The chart's own signal, which knows its payload type, or a new one that the chart does not react
    /// to.</returns>
    Signal SignalOf(string name);
}
