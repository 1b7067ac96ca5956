using NUnit.Framework;

namespace Mesh.Tests.Hostile;

/// <summary>A trusted reader that asks without end, over real sockets, beside a stream that must not notice.</summary>
[Category("Socket"), NonParallelizable, Platform("Linux")]
public sealed class FloodingReaderTests
{
    // Of a delay of less than a millisecond on a machine that has nothing else to do.
    private const double MaxMedianMs = 50;

    private static readonly TimeSpan Length = TimeSpan.FromSeconds(2);

    [Test, CancelAfter(60_000)]
    public async Task Node_LimitsAndCountsIt_AndAGoodStreamLosesNothing(CancellationToken cancellationToken)
    {
        await using var victim = await Victim.StartAsync(31_798, cancellationToken);
        await using var stream = await GoodStream.StartAsync(victim.InviteCode, cancellationToken);
        var idle = await stream.MeasureAsync(TimeSpan.FromSeconds(0.5), cancellationToken);
        using var flooder = new FloodingReader();
        await victim.AcceptAsync(flooder.Id, cancellationToken);

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var flood = Task.Factory.StartNew(
            () => flooder.Run(victim.SessionPort, victim.Incarnation, stop.Token),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var beside = await stream.MeasureAsync(Length, cancellationToken);
        await stop.CancelAsync();
        await flood;
        var counters = await victim.CountersAsync(cancellationToken);

        await TestContext.Out.WriteLineAsync(
            $"{flooder.Asked / Length.TotalSeconds:F0} requests/s, {counters["publish.refused.limit"]} refused, "
            + $"{flooder.Given / Length.TotalSeconds / 1e6:F2} MB/s given; {idle} -> {beside}; "
            + $"{stream.Missing} missing");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(stream.Missing, Is.Zero);
            Assert.That(beside.MedianMs, Is.LessThan(MaxMedianMs));
            Assert.That(flooder.Asked, Is.GreaterThan(1_000));
            Assert.That(counters["publish.refused.limit"], Is.Positive);
        }
    }
}
