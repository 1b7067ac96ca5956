using Mesh.Core.Wire.Records;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Core.Foreign;

/// <summary>A publisher's clocks as one of its frames gave them, shared by the steps that were kept of it.</summary>
/// <param name="frameBase">The clocks.</param>
internal sealed class FrameClock(in FrameBase frameBase)
{
    private const long Frequency = 1_000_000;

    /// <summary>The clocks.</summary>
    public FrameBase Base { get; } = frameBase;

    /// <summary>The clocks in the form that text is made with; stamps are microseconds.</summary>
    public WallAnchor Anchor { get; } = new(
        frameBase.WallMicroseconds,
        TimeSpan.FromMinutes(frameBase.OffsetMinutes),
        frameBase.ClockMicroseconds,
        Frequency);
}
