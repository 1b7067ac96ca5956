namespace Mesh.Statecharts;

/// <summary>When and how often a timed post fires; the n-th firing is due n periods after the first, without
/// drift.</summary>
/// <param name="Period">The time between two firings; longer than zero.</param>
/// <param name="Times">How often it fires; 0 (default) is for ever.</param>
/// <param name="Deferred">Whether the first firing waits for one period (default) or happens at once.</param>
public readonly record struct PostTiming(TimeSpan Period, int Times = 0, bool Deferred = true)
{
    /// <summary>A single firing after a delay.</summary>
    /// <param name="delay">How long to wait; longer than zero.</param>
    /// <returns>The timing.</returns>
    public static PostTiming After(TimeSpan delay) => new(delay, Times: 1);

    /// <summary>Firing for ever, first after one period.</summary>
    /// <param name="period">The time between two firings; longer than zero.</param>
    /// <returns>The timing.</returns>
    public static PostTiming Every(TimeSpan period) => new(period);
}
