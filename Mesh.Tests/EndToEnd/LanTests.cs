using System.Text.Json;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.EndToEnd;

/// <summary>Nodes on hosts of their own: network namespaces on bridges.</summary>
[Category("Namespace")]
[NonParallelizable]
public sealed class LanTests
{
    private static readonly string[] Producing =
        ["--chart", "sample:producer", "--event-period", "100ms", "--events", "B A A B A A B A A"];

    [Test, CancelAfter(60_000)]
    public async Task ThreeNodes_FindOneAnotherWithinThreeSeconds_WithNoConfiguration(
        CancellationToken cancellationToken)
    {
        using var lan = TestLan.CreateOrSkip();
        await using var mesh = new TestMesh();
        var segment = lan.AddSegment();
        var hosts = new string[3];
        for (var index = 0; index < hosts.Length; index++)
        {
            hosts[index] = lan.AddHost();
            lan.Connect(hosts[index], segment, $"10.77.0.{index + 1}/24");
            await mesh.UpAsync($"n{index}", hosts[index], cancellationToken);
        }

        var waits = await Task.WhenAll(hosts.Select((host, index) =>
            WaitUntilHeardAsync(mesh, $"n{index}", host, 2, cancellationToken)));

        Assert.That(waits.Select(wait => wait.AskedAfter), Is.All.LessThan(TimeSpan.FromSeconds(3)));
    }

    [Test, CancelAfter(60_000)]
    public async Task AnInviteAndAPeerAddress_Work_WhenBroadcastIsDropped(CancellationToken cancellationToken)
    {
        using var lan = TestLan.CreateOrSkip();
        await using var mesh = new TestMesh();
        var (pi, win) = Pair(lan);
        TestLan.DropBroadcast(pi);
        TestLan.DropBroadcast(win);
        await mesh.UpAsync("pi", pi, cancellationToken, Producing);
        await mesh.UpAsync("win", win, cancellationToken, "--peer", "10.77.0.1:21750");

        await mesh.TrustAsync(("pi", pi), ("win", win), cancellationToken);
        var seen = await mesh.RunAsync(
            "win", win, cancellationToken, "sub", "--history", "-n", "10", "--for", "20s");
        var peers = await mesh.PeersAsync("win", win, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(seen.ExitCode, Is.Zero, string.Join('\n', seen.Errors));
            Assert.That(seen.Output, Has.Length.EqualTo(10));
            Assert.That(IsHeard(peers.Single()), Is.False);
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task ANodeWithTwoInterfaces_IsFoundOnBoth(CancellationToken cancellationToken)
    {
        using var lan = TestLan.CreateOrSkip();
        await using var mesh = new TestMesh();
        var (left, right) = (lan.AddSegment(), lan.AddSegment());
        var (one, both, other) = (lan.AddHost(), lan.AddHost(), lan.AddHost());
        lan.Connect(one, left, "10.77.0.1/24");
        lan.Connect(both, left, "10.77.0.2/24");
        lan.Connect(both, right, "10.78.0.2/24");
        lan.Connect(other, right, "10.78.0.1/24");
        await mesh.UpAsync("one", one, cancellationToken);
        await mesh.UpAsync("both", both, cancellationToken);
        await mesh.UpAsync("other", other, cancellationToken);

        var fromLeft = await ExpectHeardAsync(mesh, "one", one, 1, cancellationToken);
        var fromRight = await ExpectHeardAsync(mesh, "other", other, 1, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Endpoints(fromLeft.Single()), Does.Contain("10.77.0.2:21750"));
            Assert.That(Endpoints(fromRight.Single()), Does.Contain("10.78.0.2:21750"));
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task ANodeThatNobodyTrusts_SeesNoLine(CancellationToken cancellationToken)
    {
        using var lan = TestLan.CreateOrSkip();
        await using var mesh = new TestMesh();
        var (pi, stranger) = Pair(lan);
        await mesh.UpAsync("pi", pi, cancellationToken, Producing);
        await mesh.UpAsync("stranger", stranger, cancellationToken);
        var heard = await ExpectHeardAsync(mesh, "stranger", stranger, 1, cancellationToken);
        var id = heard.Single().GetProperty("id").GetString()!;

        var accepted = await mesh.RunAsync("stranger", stranger, cancellationToken, "peers", "accept", id);
        var watched = await mesh.RunAsync(
            "stranger", stranger, cancellationToken, "sub", "--history", "--lane", "both", "--for", "4s");
        var known = await mesh.PeersAsync("stranger", stranger, cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(accepted.ExitCode, Is.Zero, string.Join('\n', accepted.Errors));
            Assert.That(watched.ExitCode, Is.Not.Zero);
            Assert.That(watched.Output, Is.Empty);
            Assert.That(known.Single().GetProperty("name").GetString(), Is.Empty);
        }
    }

    private static (string First, string Second) Pair(TestLan lan)
    {
        var segment = lan.AddSegment();
        var (first, second) = (lan.AddHost(), lan.AddHost());
        lan.Connect(first, segment, "10.77.0.1/24");
        lan.Connect(second, segment, "10.77.0.2/24");
        return (first, second);
    }

    private static async Task<JsonElement[]> ExpectHeardAsync(
        TestMesh mesh, string node, string host, int count, CancellationToken cancellationToken) =>
        (await WaitUntilHeardAsync(mesh, node, host, count, cancellationToken)).Heard;

    // Asking takes a process, which a busy machine is slow to start: what counts is when the question was asked.
    private static async Task<(JsonElement[] Heard, TimeSpan AskedAfter)> WaitUntilHeardAsync(
        TestMesh mesh, string node, string host, int count, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var askedAfter = TimeProvider.System.GetElapsedTime(started);
            var heard = (await mesh.PeersAsync(node, host, cancellationToken)).Where(IsHeard).ToArray();
            if (heard.Length == count)
            {
                return (heard, askedAfter);
            }

            Assert.That(
                TimeProvider.System.GetElapsedTime(started),
                Is.LessThan(MeshProcess.MustHappen),
                $"{node} hears {heard.Length} of {count}");
        }
    }

    private static bool IsHeard(JsonElement peer) => peer.GetProperty("beaconHeard").GetBoolean();

    private static IEnumerable<string?> Endpoints(JsonElement peer) =>
        peer.GetProperty("endpoints").EnumerateArray().Select(endpoint => endpoint.GetString());
}
