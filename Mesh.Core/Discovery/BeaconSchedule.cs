namespace Mesh.Core.Discovery;

/// <summary>
/// When beacons are sent: pure arithmetic, so that a segment carries about 50 a second however many nodes.
/// </summary>
internal static class BeaconSchedule
{
    /// <summary>Beacons sent at start before the regular interval begins; they ask for answers.</summary>
    public const int QuickCount = 3;

    /// <summary>Shortest regular interval.</summary>
    public static readonly TimeSpan MinInterval = TimeSpan.FromSeconds(1);

    /// <summary>Longest regular interval.</summary>
    public static readonly TimeSpan MaxInterval = TimeSpan.FromSeconds(60);

    /// <summary>Time between the quick beacons at start.</summary>
    public static readonly TimeSpan QuickInterval = TimeSpan.FromMilliseconds(200);

    private const double NodesPerSecond = 50;
    private const double Jitter = 0.1;
    private const double ExpectedAnswers = 5;

    /// <summary>The regular interval, without jitter.</summary>
    /// <param name="nodeCount">Nodes heard on the segment, at least 0.</param>
    /// <returns>clamp(N / 50 s, 1 s, 60 s).</returns>
    public static TimeSpan Interval(int nodeCount)
    {
        var seconds = nodeCount / NodesPerSecond;
        return TimeSpan.FromSeconds(Math.Clamp(seconds, MinInterval.TotalSeconds, MaxInterval.TotalSeconds));
    }

    /// <summary>The pause before the next beacon.</summary>
    /// <param name="sentCount">Beacons sent since the start.</param>
    /// <param name="nodeCount">Nodes heard on the segment.</param>
    /// <param name="random">Source of the jitter of ± 10 %.</param>
    /// <returns>A positive time.</returns>
    public static TimeSpan Next(int sentCount, int nodeCount, Random random)
    {
        var interval = sentCount < QuickCount ? QuickInterval : Interval(nodeCount);
        return interval * (1 + (Jitter * ((2 * random.NextDouble()) - 1)));
    }

    /// <summary>Whether to answer a seek, so that a seeker gets about five answers.</summary>
    /// <param name="nodeCount">Nodes heard on the segment.</param>
    /// <param name="random">Source of the decision.</param>
    /// <returns>True with probability min(1, 5 / N).</returns>
    public static bool Answers(int nodeCount, Random random) =>
        nodeCount <= ExpectedAnswers || random.NextDouble() < ExpectedAnswers / nodeCount;
}
