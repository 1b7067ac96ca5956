using Mesh.Statecharts.Instrumentation;

namespace Mesh.Core.Foreign;

/// <summary>One step of a foreign chart, with names instead of numbers.</summary>
public readonly record struct ForeignStep
{
    /// <summary>The number of the step within its chart; 0 is the start.</summary>
    public required ulong Number { get; init; }

    /// <summary>What sort of step it is.</summary>
    public required StepKind Kind { get; init; }

    /// <summary>When it began, by the publisher's wall clock and in its local time. Orders nothing.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The signal; empty at the start, <c>#n</c> for one whose name is not known.</summary>
    public required string Signal { get; init; }

    /// <summary>The settled state before it, <c>top</c> at the start.</summary>
    public required string From { get; init; }

    /// <summary>The settled state after it.</summary>
    public required string To { get; init; }

    /// <summary>What became of the event.</summary>
    public required OutcomeKind Outcome { get; init; }

    /// <summary>
    /// Events that waited at its end; -1 when the chart runs without queues or it came by the trace alone.
    /// </summary>
    public required int Queued { get; init; }

    /// <summary>Events that were deferred at its end.</summary>
    public required int Deferred { get; init; }
}
