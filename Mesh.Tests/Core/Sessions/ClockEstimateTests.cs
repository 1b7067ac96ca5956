using Mesh.Core.Sessions;
using NUnit.Framework;

namespace Mesh.Tests.Core.Sessions;

public sealed class ClockEstimateTests
{
    [Test]
    public void TryAnswered_TakesTheOffsetOfTheQuickestAnswer()
    {
        var estimate = new ClockEstimate();
        var first = estimate.Sent(1_000_000);
        Assert.That(estimate.TryAnswered(first, 5_000_100, 1_000_200), Is.True);
        var second = estimate.Sent(2_000_000);
        Assert.That(estimate.TryAnswered(second, 6_900_000, 2_900_000), Is.True);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(estimate.Offset, Is.EqualTo(TimeSpan.FromSeconds(4)));
            Assert.That(estimate.RoundTrip, Is.EqualTo(TimeSpan.FromMilliseconds(900)));
        }
    }

    [Test]
    public void TryAnswered_Refuses_WhatWasNotAskedOrWasAnsweredBefore()
    {
        var estimate = new ClockEstimate();
        var token = estimate.Sent(1);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(estimate.TryAnswered(0, 1, 2), Is.False);
            Assert.That(estimate.TryAnswered(token + 1, 1, 2), Is.False);
            Assert.That(estimate.TryAnswered(token, 1, 2), Is.True);
            Assert.That(estimate.TryAnswered(token, 1, 2), Is.False);
        }
    }

    [Test]
    public void TryAnswered_ForgetsOldSamples_AfterEightNewOnes()
    {
        var estimate = new ClockEstimate();
        estimate.TryAnswered(estimate.Sent(0), 500, 0);

        for (var count = 1; count <= 8; count++)
        {
            estimate.TryAnswered(estimate.Sent(count * 1000), (count * 1000) + 50 + 900, (count * 1000) + 100);
        }

        Assert.That(estimate.Offset, Is.EqualTo(TimeSpan.FromMicroseconds(900)));
    }

    [TestCase(long.MinValue)]
    [TestCase(long.MaxValue)]
    public void TryAnswered_DoesNotOverflow_WhenThePeerLies(long peerClock)
    {
        var estimate = new ClockEstimate();

        Assert.That(estimate.TryAnswered(estimate.Sent(10), peerClock, 20), Is.True);
        Assert.That(Math.Abs(estimate.Offset.TotalDays), Is.GreaterThan(1_000_000));
    }
}
