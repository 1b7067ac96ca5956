using Mesh.Core.Transport;
using NUnit.Framework;

namespace Mesh.Tests.Core.Transport;

public sealed class SocketOptionsTests
{
    private static readonly SocketOptions[] Wrong =
    [
        new() { MaxMessageBytes = 63 },
        new() { SendHighWaterMark = 0 },
        new() { ReceiveHighWaterMark = 0 },
        new() { HandshakeTimeout = TimeSpan.Zero },
        new() { HandshakeTimeout = TimeSpan.FromHours(1) },
        new() { Backlog = 0 },
    ];

    [Test]
    public void Validated_ReturnsTheRecord_WhenEachValueIsInItsRange()
    {
        var options = new SocketOptions();

        Assert.That(options.Validated(), Is.SameAs(options));
    }

    [TestCaseSource(nameof(Wrong))]
    public void Validated_Throws_WhenAValueIsOutOfItsRange(SocketOptions options) =>
        Assert.That(options.Validated, Throws.InstanceOf<ArgumentOutOfRangeException>());

    [TestCase(0, 0)]
    [TestCase(1, 1)]
    [TestCase(9_999, 1)]
    [TestCase(10_000, 1)]
    [TestCase(10_001, 2)]
    [TestCase(long.MaxValue, int.MaxValue)]
    [TestCase(-10_000, -1)]
    public void ToPollMilliseconds_RoundsUp(long ticks, int milliseconds) =>
        Assert.That(SocketChecks.ToPollMilliseconds(TimeSpan.FromTicks(ticks)), Is.EqualTo(milliseconds));
}
