using Mesh.Statecharts.Definition;

namespace Mesh.Statecharts.Instrumentation;

/// <summary>One line of the trace as numbers: the start, or a step that took a transition.</summary>
public readonly record struct TraceRecord
{
    /// <summary>The number of the step.</summary>
    public ulong Number { get; init; }

    /// <summary>When it began, as the chart's time provider stamps time.</summary>
    public long Timestamp { get; init; }

    /// <summary>The number of the signal; -1 at the start.</summary>
    public int Signal { get; init; }

    /// <summary>The number of the settled state before the step; <see cref="ChartDefinition.Top"/> at the
    /// start.</summary>
    public int From { get; init; }

    /// <summary>The number of the settled state after the step.</summary>
    public int To { get; init; }

    /// <summary>The trace line of a step.</summary>
    /// <param name="step">A step for which <see cref="StepRecord.IsTraced"/> holds.</param>
    /// <returns>The record.</returns>
    public static TraceRecord Of(in StepRecord step) => new()
    {
        Number = step.Number,
        Timestamp = step.Timestamp,
        Signal = step.Signal,
        From = step.LeafBefore,
        To = step.LeafAfter,
    };
}
