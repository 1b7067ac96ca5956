using Mesh.Core.Wire.Records;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Core.Foreign;

/// <summary>A publisher's clocks as one of its frames gave them, in 16 bytes: a step is kept with its own.</summary>
/// <param name="DifferenceMicroseconds">What its wall clock was ahead of its monotonic clock.</param>
/// <param name="OffsetMinutes">The publisher's minutes east of UTC.</param>
internal readonly record struct FrameClock(long DifferenceMicroseconds, short OffsetMinutes)
{
    private const long Frequency = 1_000_000;

    /// <summary>The clocks in the form that text is made with; stamps are microseconds.</summary>
    public WallAnchor Anchor => new(DifferenceMicroseconds, TimeSpan.FromMinutes(OffsetMinutes), 0, Frequency);

    /// <summary>Takes the clocks of a frame.</summary>
    /// <param name="frameBase">What the frame begins with, untrusted: a difference beyond 64 bits wraps.</param>
    /// <returns>The clocks.</returns>
    public static FrameClock Of(in FrameBase frameBase) =>
        new(unchecked(frameBase.WallMicroseconds - frameBase.ClockMicroseconds), frameBase.OffsetMinutes);

    /// <summary>The publisher's local time of a step.</summary>
    /// <param name="microseconds">The stamp of the step.</param>
    /// <returns>A time within the years 1 to 9999.</returns>
    public DateTimeOffset ToLocalTime(long microseconds) =>
        new FrameBase(DifferenceMicroseconds, OffsetMinutes, 0).ToLocalTime(microseconds);
}
