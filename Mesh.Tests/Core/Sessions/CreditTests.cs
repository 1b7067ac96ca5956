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
        var meter = new CreditMeter(windowBytes: 1000, stepBytes: 300);

        Assert.That(meter.TryConsume(299), Is.True);
        Assert.That(meter.IsDue, Is.False);
        Assert.That(meter.TryConsume(1), Is.True);
        Assert.That(meter.IsDue, Is.True);

        meter.Announced();
        Assert.That(meter.IsDue, Is.False);
    }

    [Test]
    public void TryConsume_Refuses_WhatTheSenderHadNoCreditFor()
    {
        var meter = new CreditMeter(windowBytes: 1000, stepBytes: 300);

        Assert.That(meter.TryConsume(1000), Is.True);
        Assert.That(meter.TryConsume(1), Is.False);
    }
}
