using Mesh.Statecharts.Instrumentation;
using NUnit.Framework;

namespace Mesh.Tests.Statecharts.Instrumentation;

/// <summary>Who tells time by one clock tells the same time.</summary>
public sealed class WallAnchorTests
{
    [Test]
    public void Of_IsTheSame_ForEverybodyWhoAsks_WhileTheClocksAreReadUnevenly([Range(1, 20)] int seed)
    {
        var clock = new UnevenTimeProvider(seed);

        var anchors = Enumerable.Range(0, 200).Select(_ => WallAnchor.Of(clock)).Distinct();

        Assert.That(anchors, Has.Exactly(1).Items, $"seed {seed}");
    }

    [TestCase(9.9, true)]
    [TestCase(-9.9, true)]
    [TestCase(10.1, false)]
    [TestCase(-10.1, false)]
    public void Of_IsTakenAnew_WhenTheWallClockWasSet(double milliseconds, bool isSame)
    {
        var clock = new UnevenTimeProvider(seed: 0);
        var before = WallAnchor.Of(clock);

        clock.Set += TimeSpan.FromMilliseconds(milliseconds);

        Assert.That(WallAnchor.Of(clock) == before, Is.EqualTo(isSame));
    }

    [Test]
    public void Of_IsTakenAnew_WhenLocalTimeChanges()
    {
        var clock = new UnevenTimeProvider(seed: 0);
        var before = WallAnchor.Of(clock);

        clock.Zone = TimeZoneInfo.CreateCustomTimeZone("summer", TimeSpan.FromHours(1), "summer", "summer");

        Assert.That(before.UtcOffset, Is.EqualTo(TimeSpan.Zero));
        Assert.That(WallAnchor.Of(clock).UtcOffset, Is.EqualTo(TimeSpan.FromHours(1)));
    }

    [Test]
    public void Of_ReadsTheClocksAgain_WhenTheThreadWasPutToSleepBetweenThem()
    {
        var slow = new UnevenTimeProvider(seed: 0) { NapAfterStamp = TimeSpan.FromSeconds(1) };
        var truth = UnevenTimeProvider.Difference;

        var anchor = WallAnchor.Of(slow);

        Assert.That(
            Math.Abs(anchor.UtcMicroseconds - (anchor.Timestamp / 1_000) - truth), Is.LessThan(100));
    }

    /// <summary>A clock of nanoseconds on which each look takes a while of its own.</summary>
    private sealed class UnevenTimeProvider(int seed) : TimeProvider
    {
        private static readonly DateTimeOffset Start = new(2026, 5, 4, 3, 2, 1, TimeSpan.Zero);

        private readonly Random _random = new(seed);
        private long _nanoseconds = 777;

        /// <summary>How much the wall clock was set forward.</summary>
        public TimeSpan Set { get; set; }

        public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;

        /// <summary>How long the thread sleeps, once, when it has read the monotonic clock.</summary>
        public TimeSpan NapAfterStamp { get; set; }

        /// <summary>What the wall clock is ahead of the monotonic one, in microseconds.</summary>
        public static long Difference => (Start - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

        public override TimeZoneInfo LocalTimeZone => Zone;

        public override long TimestampFrequency => 1_000_000_000;

        public override DateTimeOffset GetUtcNow()
        {
            Look();
            return Start + Set + new TimeSpan(_nanoseconds / 100);
        }

        public override long GetTimestamp()
        {
            Look();
            var stamp = _nanoseconds;
            _nanoseconds += (long)NapAfterStamp.TotalNanoseconds;
            NapAfterStamp = TimeSpan.Zero;
            return stamp;
        }

        private void Look() => _nanoseconds += _random.Next(seed == 0 ? 1 : 20_000);
    }
}
