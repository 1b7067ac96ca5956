namespace Mesh.Bench.Harness;

/// <summary>One line of the table: what was measured, beside what it is compared with in the same run.</summary>
internal sealed record BenchRow
{
    /// <summary>What was measured, in a few words.</summary>
    public required string What { get; init; }

    /// <summary>The median.</summary>
    public required double Value { get; init; }

    /// <summary>The unit of value and baseline.</summary>
    public required string Unit { get; init; }

    /// <summary>The median of the baseline; null when there is nothing to compare with.</summary>
    public double? Baseline { get; init; }

    /// <summary>What the baseline is.</summary>
    public string BaselineName { get; init; } = string.Empty;

    /// <summary>What has to be reached, all of it; empty when the row is for information.</summary>
    public IReadOnlyList<BenchGoal> Goals { get; init; } = [];

    /// <summary>Every single measurement of the value.</summary>
    public IReadOnlyList<double> Samples { get; init; } = [];

    /// <summary>Whether the checksum of the work was right; a row that did other work has reached nothing.</summary>
    public bool IsWorkRight { get; init; } = true;

    /// <summary>Value divided by baseline.</summary>
    public double? Ratio => Baseline is { } baseline and not 0 ? Value / baseline : null;

    /// <summary>Whether all goals are reached; null when there is none.</summary>
    public bool? IsReached => !IsWorkRight ? false : Goals.Count == 0 ? null : Goals.All(goal => goal.IsReached(this));
}
