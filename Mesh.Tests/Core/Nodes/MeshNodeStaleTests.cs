using System.Globalization;
using Mesh.Core;
using Mesh.Core.Trust;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Core.Nodes;

/// <summary>A node whose disk went back in time goes on behind what its peers know.</summary>
[Category("Socket")]
public sealed class MeshNodeStaleTests
{
    [Test, CancelAfter(60_000)]
    public async Task StartAsync_GoesOnUnderALaterIncarnation_WhenAPeerKnowsOne(CancellationToken cancellationToken)
    {
        Assume.That(
            MeshLibraries.StackName,
            Is.EqualTo("system"),
            "NetMQ does not tell where a peer dialled from: the restarted node waits for the peer's next try");
        using var folders = new TemporaryFolder();
        var platform = new MeshPlatform(TimeProvider.System) { LoggerFactory = new TestLoggerFactory("win") };
        await using var win = await MeshNode.StartAsync(Options(folders, "win"), platform, cancellationToken);
        ulong first;
        await using (var pi = await MeshNode.StartAsync(Options(folders, "pi"), platform, cancellationToken))
        {
            var code = await pi.InviteAsync(TimeSpan.FromMinutes(1), Rights.Watch, cancellationToken);
            await win.JoinAsync(code, cancellationToken);
            first = (await pi.StatusAsync(cancellationToken)).Incarnation;
        }

        var clock = new OffsetTimeProvider(TimeSpan.FromHours(-3));
        File.WriteAllText(
            Path.Combine(folders["pi"], "incarnation"), (first - 10_000_000).ToString(CultureInfo.InvariantCulture));
        var wrong = new MeshPlatform(clock) { LoggerFactory = new TestLoggerFactory("pi") };
        await using var again = await MeshNode.StartAsync(Options(folders, "pi"), wrong, cancellationToken);
        await using var producer = ProducerChart.Start("producer_pi", clock);
        await again.HostAsync(producer, "producer", cancellationToken);
        var view = await win.WatchAsync("pi/...", cancellationToken);
        producer.PostFifo(ProducerChart.A);
        await producer.WhenIdleAsync(cancellationToken);

        var spy = await Eventually.GetAsync(
            () => view.Charts().SingleOrDefault()?.Spy(),
            lines => lines?.Count == producer.Spy()!.Count,
            cancellationToken);
        var status = await again.StatusAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(spy, Is.EqualTo(producer.Spy()));
            Assert.That(status.Incarnation, Is.EqualTo(first + 1));
        }
    }

    private static MeshOptions Options(TemporaryFolder folders, string name) => new()
    {
        StateFolder = folders[name],
        Name = name,
        Beacons = false,
    };

    /// <summary>The machine's clock with its wall time set wrong.</summary>
    private sealed class OffsetTimeProvider(TimeSpan offset) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + offset;
    }
}
