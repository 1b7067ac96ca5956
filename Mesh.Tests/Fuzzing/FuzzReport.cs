using System.Globalization;

namespace Mesh.Tests.Fuzzing;

/// <summary>What a run found.</summary>
/// <param name="Inputs">How many inputs were tried.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="Findings">The inputs that were not borne, the first few.</param>
internal sealed record FuzzReport(long Inputs, TimeSpan Elapsed, IReadOnlyList<FuzzFinding> Findings)
{
    /// <summary>The slowest input took so long.</summary>
    public TimeSpan Slowest { get; init; }

    /// <summary>The most that an input allocated, in bytes.</summary>
    public long MostAllocated { get; init; }

    /// <summary>The most that an input allocated for each of its bytes, beyond <see cref="FuzzLimits.FixedBytes"/>.
    /// </summary>
    public double Steepest { get; init; }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Inputs,11}{Elapsed.TotalSeconds,10:F1}{Slowest.TotalMilliseconds,12:F2}{MostAllocated,12}"
        + $"{Steepest,10:F2}{Findings.Count,10}");
}
