namespace Mesh.Tests.Hostile;

/// <summary>How long steps took to a reader.</summary>
/// <param name="MedianMs">Half of them at most, in milliseconds.</param>
/// <param name="P99Ms">99 of 100 at most, in milliseconds.</param>
internal readonly record struct StreamDelay(double MedianMs, double P99Ms)
{
    public override string ToString() => $"median {MedianMs:F2} ms, p99 {P99Ms:F2} ms";
}
