using Mesh.Core.Foreign;
using Mesh.Core.Wire.Records;
using Mesh.Statecharts.Instrumentation;
using NUnit.Framework;

namespace Mesh.Tests.Core.Foreign;

/// <summary>The time of a step in a view is that in the chart's own text, to the last digit.</summary>
public sealed class FrameClockTests
{
    private const long FarTimestamp = 1L << 52;

    [Test]
    public void Anchor_TellsTheTimeThatTheChartTells_WhateverClockAndAnchor(
        [Values(1_000_000_000, 10_000_000, 24_000_000, 3_579_545, 1_000_000, 32_768, 1_000)] long frequency,
        [Range(1, 3)] int seed)
    {
        var random = new Random(seed);
        var scale = new TimestampScale(frequency);
        var differing = new List<string>();

        for (var count = 0; count < 5_000; count++)
        {
            var anchor = new WallAnchor(
                random.NextInt64(4_000_000_000_000_000),
                TimeSpan.FromMinutes(random.Next(-840, 841)),
                random.NextInt64(FarTimestamp),
                frequency);
            var timestamp = count % 2 == 0
                ? random.NextInt64(FarTimestamp)
                : Math.Max(0, anchor.Timestamp + random.Next(-3_000, 3_000));
            var travelled = FrameClock.Of(FrameBase.Of(anchor, scale));
            var own = anchor.Format(timestamp);
            var theirs = travelled.Anchor.Format(scale.ToMicroseconds(timestamp));
            if (own != theirs)
            {
                differing.Add($"{own} {theirs} at {timestamp} by {anchor}");
            }
        }

        Assert.That(differing, Is.Empty, $"seed {seed}");
    }
}
