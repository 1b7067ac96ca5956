using System.Net.Sockets;
using Mesh.Core.Transport;
using Mesh.Tests.Core.Transport;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Hostile;

/// <summary>Connections that do nothing wrong but to be there, or subscribe and subscribe.</summary>
[Category("Socket"), NonParallelizable, Platform("Linux")]
public sealed class ConnectionFloodTests
{
    [Test, CancelAfter(60_000)]
    public async Task Tend_HoldsFewConnectionsOfOneAddress_AndAGoodStreamLosesNothing(
        [Values("sessions", "frames")] string port, CancellationToken cancellationToken)
    {
        const int count = 1_000;
        await using var victim = await Victim.StartAsync(31_790, cancellationToken);
        await using var stream = await GoodStream.StartAsync(victim.InviteCode, cancellationToken);
        victim.AssumeGuard();
        var idle = victim.ResidentBytes;
        var number = port == "sessions" ? victim.SessionPort : victim.FramePort;
        byte[] opening = [.. RawPeer.Greeting, .. RawPeer.Ready(port == "sessions" ? "DEALER" : "SUB")];
        var peers = new List<RawPeer>();
        for (var dialled = 0; dialled < count; dialled++)
        {
            try
            {
                peers.Add(RawPeer.Dial(number));
                peers[^1].Send(opening);
            }
            catch (SocketException)
            {
                // Cut before the system had told that it was connected.
            }
        }

        var counters = await Eventually.GetAsync(
            () => victim.CountersAsync(cancellationToken).GetAwaiter().GetResult(),
            seen => seen["connections.accepted"] > count, cancellationToken);
        _ = await stream.MeasureAsync(TimeSpan.FromSeconds(1), cancellationToken);

        await TestContext.Out.WriteLineAsync(
            $"{port}: {counters["connections.tooMany"]} of {count} cut, memory {idle >> 20} -> "
            + $"{victim.ResidentBytes >> 20} MiB, {stream.Missing} missing");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(counters["connections.tooMany"],
                Is.GreaterThanOrEqualTo(count - ConnectionLimits.MaxStrangersPerAddress));
            Assert.That(victim.ResidentBytes - idle, Is.LessThan(64L << 20));
            Assert.That(stream.Missing, Is.Zero);
        }

        peers.ForEach(peer => peer.Dispose());
    }

    [Test, CancelAfter(60_000)]
    public async Task Tend_CutsWhoSubscribesAndSubscribes_AndAGoodStreamLosesNothing(
        CancellationToken cancellationToken)
    {
        await using var victim = await Victim.StartAsync(31_791, cancellationToken);
        await using var stream = await GoodStream.StartAsync(victim.InviteCode, cancellationToken);
        victim.AssumeGuard();
        var idle = victim.ResidentBytes;
        using var peer = RawPeer.Dial(victim.FramePort).Greet("SUB");
        var random = new Random(7);
        var subscription = new byte[2 + 41];
        for (var count = 0; count < 50_000; count++)
        {
            random.NextBytes(subscription);
            (subscription[0], subscription[1], subscription[2]) = (0, 41, 1);
            if (!peer.TrySend(subscription))
            {
                break;
            }
        }

        var counters = await Eventually.GetAsync(
            () => victim.CountersAsync(cancellationToken).GetAwaiter().GetResult(),
            seen => seen["connections.flooding"] > 0 || seen["publish.rebinds"] > 0, cancellationToken);
        _ = await stream.MeasureAsync(TimeSpan.FromSeconds(1), cancellationToken);

        await TestContext.Out.WriteLineAsync(
            $"cut {counters["connections.flooding"]}, bound anew {counters["publish.rebinds"]}, memory {idle >> 20} -> "
            + $"{victim.ResidentBytes >> 20} MiB, {stream.Missing} missing");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(victim.ResidentBytes - idle, Is.LessThan(64L << 20));
            Assert.That(stream.Missing, Is.Zero);
        }
    }
}
