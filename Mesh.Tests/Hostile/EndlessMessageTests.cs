using Mesh.Tests.Core.Transport;
using NUnit.Framework;

namespace Mesh.Tests.Hostile;

/// <summary>Messages that never end: libzmq gathers them without a bound, so the node cuts whoever sends one.</summary>
[Category("Socket"), NonParallelizable]
public sealed class EndlessMessageTests
{
    private const long MaxGrowth = 64L << 20;

    private static readonly TimeSpan Length = TimeSpan.FromSeconds(3);

    [Test, CancelAfter(60_000), Platform("Linux")]
    public async Task Tend_CutsWhoNeverEndsAMessage_AndAGoodStreamLosesNothing(
        [Values("sessions", "frames")] string port,
        [Values(1, 8)] int attackers,
        CancellationToken cancellationToken)
    {
        await using var victim = await Victim.StartAsync(31_760, cancellationToken);
        await using var stream = await GoodStream.StartAsync(victim.InviteCode, cancellationToken);
        var idleDelay = await stream.MeasureAsync(TimeSpan.FromSeconds(1), cancellationToken);
        victim.AssumeGuard();
        var idle = victim.ResidentBytes;
        var number = port == "sessions" ? victim.SessionPort : victim.FramePort;

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var floods = Enumerable.Range(0, attackers)
            .Select(_ => Task.Factory.StartNew(
                () => Flood(number, port == "sessions" ? "DEALER" : "SUB", stop.Token),
                cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default))
            .ToArray();
        var memory = victim.WatchMemoryAsync(stop.Token);
        var delay = await stream.MeasureAsync(Length, cancellationToken);
        await stop.CancelAsync();
        var sent = (await Task.WhenAll(floods)).Sum();
        var most = await memory;
        var counters = await victim.CountersAsync(cancellationToken);

        await TestContext.Out.WriteLineAsync(
            $"{port} x {attackers}: {sent >> 20} MiB sent, {counters["connections.accepted"]} accepted, "
            + $"{counters["connections.flooding"]} cut, memory {idle >> 20} -> {most >> 20} MiB, "
            + $"{idleDelay} -> {delay}, {stream.Steps} steps, {stream.Missing} missing");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(most - idle, Is.LessThan(MaxGrowth));
            Assert.That(stream.Missing, Is.Zero);
            Assert.That(counters["connections.flooding"], Is.Positive);
        }
    }

    // As fast as the other side takes it, again and again.
    private static long Flood(int port, string socketType, CancellationToken stopToken)
    {
        var sent = 0L;
        var part = new byte[2 + 60];
        (part[0], part[1]) = (1, 60);
        byte[] many = [.. Enumerable.Repeat(part, 2_000).SelectMany(bytes => bytes)];
        while (!stopToken.IsCancellationRequested)
        {
            try
            {
                using var peer = RawPeer.Dial(port);
                peer.Greet(socketType);
                while (!stopToken.IsCancellationRequested && peer.TrySend(many))
                {
                    sent += many.Length;
                }
            }
            catch (Exception exception) when (exception is System.Net.Sockets.SocketException or EndOfStreamException)
            {
                // Cut, and here again.
            }
        }

        return sent;
    }
}
