namespace Mesh.Bench.Harness;

/// <summary>Measures contestants in turns, forth and back, so that a change of the machine's speed hits all of
/// them.</summary>
internal static class Rounds
{
    /// <summary>Measures.</summary>
    /// <param name="count">How often each; odd.</param>
    /// <param name="contestants">Each measures itself once and gives a number.</param>
    /// <returns>For each contestant its numbers, round by round.</returns>
    public static double[][] Run(int count, params IReadOnlyList<Func<double>> contestants)
    {
        var results = contestants.Select(_ => new double[count]).ToArray();
        for (var round = 0; round < count; round++)
        {
            for (var turn = 0; turn < contestants.Count; turn++)
            {
                var index = round % 2 == 0 ? turn : contestants.Count - 1 - turn;
                results[index][round] = contestants[index]();
            }
        }

        return results;
    }

    /// <summary>The number in the middle.</summary>
    public static double Median(this IEnumerable<double> numbers)
    {
        var sorted = numbers.Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count == 0 ? double.NaN
            : sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>The number that a share of the numbers does not exceed.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <param name="share">From 0 to 1.</param>
    public static double Quantile(this IReadOnlyCollection<double> numbers, double share) => numbers.Count == 0
        ? double.NaN
        : numbers.Order().ElementAt(Math.Min(numbers.Count - 1, (int)(share * numbers.Count)));

    /// <summary>The differences of two contestants, round by round: what hits both drops out.</summary>
    public static double[] Differences(double[] longer, double[] shorter) =>
        [.. longer.Zip(shorter, (first, second) => first - second)];
}
