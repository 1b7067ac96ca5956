using Mesh.Core.Wire.Records;
using NUnit.Framework;

namespace Mesh.Tests.Core.Wire.Records;

public sealed class FrameBaseTests
{
    [Test]
    public void ToLocalTime_IsThePublishersTime()
    {
        // 2023-11-14 22:13:20 UTC, and a step three seconds later at a place two hours behind it.
        var frameBase = new FrameBase(1_700_000_000_000_000, -120, 5_000_000);

        var time = frameBase.ToLocalTime(8_000_007);

        Assert.That(
            time,
            Is.EqualTo(new DateTimeOffset(2023, 11, 14, 20, 13, 23, TimeSpan.FromHours(-2)).AddMicroseconds(7)));
        Assert.That(time.Offset, Is.EqualTo(TimeSpan.FromHours(-2)));
    }

    [Test]
    public void ToLocalTime_StaysInTheCalendar_ForAnyNumbers(
        [Values(0L, 1_700_000_000_000_000, 253_402_300_799_999_999)] long wall,
        [Values(-840, 0, 840)] int offset,
        [Values(long.MinValue, 0, long.MaxValue)] long clock,
        [Values(long.MinValue, 0, long.MaxValue)] long time)
    {
        var frameBase = new FrameBase(wall, (short)offset, clock);

        Assert.That(() => frameBase.ToLocalTime(time), Throws.Nothing);
    }

    [TestCase(1_000_000_000L, 5_000_999L, 5_000L)]
    [TestCase(10_000_000L, 59L, 5L)]
    [TestCase(1_000_000L, -7L, -7L)]
    [TestCase(32_768L, 32_768L, 1_000_000L)]
    [TestCase(32_768L, long.MaxValue / 40, 7_036_874_417_766L * 1_000_000)]
    public void ToMicroseconds_TurnsStampsOfAnyClock(long frequency, long timestamp, long expected)
    {
        Assert.That(new TimestampScale(frequency).ToMicroseconds(timestamp) / 1_000_000 * 1_000_000,
            Is.EqualTo(expected / 1_000_000 * 1_000_000));
    }
}
