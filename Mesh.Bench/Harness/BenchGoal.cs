using System.Globalization;

namespace Mesh.Bench.Harness;

/// <summary>What a row has to reach.</summary>
/// <param name="IsRatio">True when the limit is meant for the ratio to the baseline, false for the value.</param>
/// <param name="IsAtLeast">True when more is better.</param>
/// <param name="Limit">The number that just reaches it.</param>
internal readonly record struct BenchGoal(bool IsRatio, bool IsAtLeast, double Limit)
{
    /// <summary>The value must not be greater.</summary>
    public static BenchGoal AtMost(double limit) => new(false, false, limit);

    /// <summary>The value must not be less.</summary>
    public static BenchGoal AtLeast(double limit) => new(false, true, limit);

    /// <summary>The ratio must not be greater.</summary>
    public static BenchGoal RatioAtMost(double limit) => new(true, false, limit);

    /// <summary>The ratio must not be less.</summary>
    public static BenchGoal RatioAtLeast(double limit) => new(true, true, limit);

    /// <summary>Whether a row has reached it; a number that is none has not.</summary>
    public bool IsReached(BenchRow row)
    {
        var number = IsRatio ? row.Ratio ?? double.NaN : row.Value;
        return IsAtLeast ? number >= Limit : number <= Limit;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{(IsAtLeast ? ">=" : "<=")} {NumberText.Of(Limit)}{(IsRatio ? " x" : string.Empty)}");
}
