using Mesh.Core.Sessions;
using NUnit.Framework;

namespace Mesh.Tests.Core.Sessions;

public sealed class CreditTests
{
    [Test]
    public void AvailableBytes_ShrinksAndComesBack_AsMessagesAreSentAndConsumed()
    {
        var window = new CreditWindow();
        Assert.That(window.AvailableBytes, Is.Zero);

        window.Open(1000);
        window.Sent(700);
        Assert.That(window.AvailableBytes, Is.EqualTo(300));

        Assert.That(window.TryAcknowledge(600), Is.True);
        Assert.That(window.AvailableBytes, Is.EqualTo(900));
    }

    [TestCase(99u)]
    [TestCase(701u)]
    public void TryAcknowledge_Refuses_WhatWasTakenBackOrNeverSent(uint consumed)
    {
        var window = new CreditWindow();
        window.Open(1000);
        window.Sent(700);
        window.TryAcknowledge(100);

        Assert.That(window.TryAcknowledge(consumed), Is.False);
        Assert.That(window.AvailableBytes, Is.EqualTo(400));
    }

    [Test]
    public void IsDue_IsTrue_WhenAStepWasConsumed()
    {
        var meter = new CreditMeter(stepBytes: 300);

        meter.Consume(299);
        Assert.That(meter.IsDue, Is.False);
        meter.Consume(1);
        Assert.That(meter.IsDue, Is.True);

        meter.Announced();
        Assert.That(meter.IsDue, Is.False);
    }
}
