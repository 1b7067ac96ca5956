using Mesh.Core.Logs;
using NUnit.Framework;

namespace Mesh.Tests.Core.Logs;

public sealed class PaceTests
{
    [TestCase(0, 4_000_000)]
    [TestCase(8_000_000, 4_000_000)]
    [TestCase(100_000_000, 25_000_000)]
    public void Pace_GivesTheGreaterOfFourMegabytesAndAQuarter_OverTenSeconds(double live, double expected)
    {
        var pace = new Pace();
        pace.Follow(live);
        var sent = 0L;

        for (var now = TimeSpan.Zero; now < TimeSpan.FromSeconds(10); now += TimeSpan.FromMilliseconds(1))
        {
            while (pace.IsOpen(now))
            {
                pace.Take(30_000);
                sent += 30_000;
            }
        }

        Assert.That(sent / 10.0, Is.EqualTo(expected).Within(3).Percent);
    }

    [Test]
    public void OpensAt_NamesTheTimeAtWhichTheDebtIsPaid_WhenThePaceIsClosed()
    {
        var pace = new Pace();
        while (pace.IsOpen(TimeSpan.Zero))
        {
            pace.Take(60_000);
        }

        var at = pace.OpensAt(TimeSpan.Zero);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(pace.IsOpen(at - TimeSpan.FromMilliseconds(1)), Is.False);
            Assert.That(pace.IsOpen(at), Is.True);
        }
    }

    [Test]
    public void BytesPerSecond_FollowsTheLane_AndForgetsItWhenItIsQuiet()
    {
        var meter = new RateMeter();
        var now = TimeSpan.Zero;
        for (; now < TimeSpan.FromSeconds(3); now += TimeSpan.FromMilliseconds(10))
        {
            meter.Add(10_000, now);
        }

        var busy = meter.BytesPerSecond(now);
        var quiet = meter.BytesPerSecond(now + TimeSpan.FromSeconds(2));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(busy, Is.EqualTo(1_000_000).Within(5).Percent);
            Assert.That(quiet, Is.Zero);
        }
    }
}
