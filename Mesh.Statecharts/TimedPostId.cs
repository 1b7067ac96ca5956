using System.Globalization;

namespace Mesh.Statecharts;

/// <summary>Names one timed post of one chart.</summary>
/// <param name="Value">A number that the chart never gives twice; 0 names none.</param>
public readonly record struct TimedPostId(long Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
