using System.Globalization;
using NUnit.Framework;

namespace Mesh.Tests.Hostile;

/// <summary>Garbage to every open port at once, beside a stream that must not notice.</summary>
/// <remarks>
/// Three seconds, in which the delay of the stream has bounds that hold beside other tests too; <c>./build.sh soak</c>
/// runs thirty, and then its p99 may be five times what it is at rest.
/// </remarks>
[Category("Socket"), Category("Soak"), NonParallelizable]
public sealed class GarbageTests
{
    private const long MaxGrowth = 64L << 20;
    private const double MaxSlowdown = 5;

    // Ten times, and twenty, what was measured with ten times more to run than there are cores.
    private const double MaxMedianMs = 10;
    private const double MaxP99Ms = 500;

    private static readonly string? SoakSeconds = Environment.GetEnvironmentVariable("MESH_SOAK_SECONDS");

    [Test, CancelAfter(180_000), Platform("Linux")]
    public async Task Node_StaysUpAndSmall_AndAGoodStreamLosesNothing(CancellationToken cancellationToken)
    {
        var length = TimeSpan.FromSeconds(int.Parse(SoakSeconds ?? "3", CultureInfo.InvariantCulture));
        await using var victim = await Victim.StartAsync(31_770, cancellationToken);
        await using var stream = await GoodStream.StartAsync(victim.InviteCode, cancellationToken);
        _ = await stream.MeasureAsync(TimeSpan.FromSeconds(1), cancellationToken);
        var idleDelay = await stream.MeasureAsync(length / 3, cancellationToken);
        var idle = victim.ResidentBytes;

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var garbage = new Garbage(victim);
        var memory = victim.WatchMemoryAsync(stop.Token);
        var sending = garbage.RunAsync(stop.Token);
        var delay = await stream.MeasureAsync(length, cancellationToken);
        await stop.CancelAsync();
        await sending;
        var most = await memory;
        var counters = await victim.CountersAsync(cancellationToken);

        await TestContext.Out.WriteLineAsync(
            $"{length.TotalSeconds:F0} s: {garbage.Connections} connections, {garbage.Datagrams} datagrams; memory "
            + $"{idle >> 20} -> {most >> 20} MiB; {idleDelay} -> {delay}; {stream.Steps} steps, "
            + $"{stream.Missing} missing");
        await TestContext.Out.WriteLineAsync(
            string.Join(", ", counters.Where(counter => counter.Value > 0).Select(one => $"{one.Key} {one.Value}")));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(most - idle, Is.LessThan(MaxGrowth));
            Assert.That(stream.Missing, Is.Zero);
            Assert.That(
                counters["beacon.foreign"] + counters["datagram.tooLong"] + counters["datagram.queueFull"]
                + counters["beacon.rateLimited"],
                Is.GreaterThan(length.TotalSeconds * Garbage.DatagramsPerSecond / 4));
            Assert.That(counters["connections.accepted"], Is.GreaterThan(length.TotalSeconds * 50));
            Assert.That(delay.MedianMs, Is.LessThan(Math.Max(MaxMedianMs, MaxSlowdown * idleDelay.MedianMs)));
            Assert.That(delay.P99Ms, Is.LessThan(SoakSeconds is null ? MaxP99Ms : MaxSlowdown * idleDelay.P99Ms));
        }
    }
}
