namespace Mesh.Statecharts.Hosting;

/// <summary>How far a timed post has come.</summary>
/// <param name="Timing">When and how often.</param>
/// <param name="IsLifo">Whether it posts to the front.</param>
/// <param name="Firings">How often it fired.</param>
/// <param name="Remaining">How long until it fires next; not negative.</param>
internal readonly record struct TimerState(PostTiming Timing, bool IsLifo, int Firings, TimeSpan Remaining)
{
    /// <summary>Whether a timer can have come here.</summary>
    public bool IsPossible => Timing.Period > TimeSpan.Zero && Timing.Times >= 0 && Firings >= 0
        && (Timing.Times == 0 || Firings < Timing.Times)
        && Remaining >= TimeSpan.Zero && Remaining <= Timing.Period
        && Math.BigMul(Timing.Period.Ticks, Firings + 1L) <= long.MaxValue;
}
