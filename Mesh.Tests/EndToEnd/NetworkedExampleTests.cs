using System.Text.Json;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.EndToEnd;

/// <summary>
/// The four rules of miros' networked example, with real processes: however many produce and however many observe,
/// every observer has every step of every producer, in order, once.
/// </summary>
[Category("Process")]
[NonParallelizable]
public sealed class NetworkedExampleTests
{
    private const int EventCount = 30;

    private static readonly string[] Producing =
    [
        "--no-beacon", "--chart", "sample:producer", "--event-period", "100ms",
        "--events", string.Join(' ', Enumerable.Repeat("B A A", EventCount / 3)),
    ];

    [CancelAfter(90_000)]
    [TestCase(1, 1), TestCase(2, 1), TestCase(1, 2), TestCase(2, 2)]
    public async Task EveryObserver_HasEveryStepOfEveryProducer(
        int producerCount, int observerCount, CancellationToken cancellationToken)
    {
        await using var mesh = new TestMesh();
        var producers = Names("pi", producerCount);
        var observers = Names("win", observerCount);
        foreach (var producer in producers)
        {
            await mesh.UpAsync(producer, null, cancellationToken, Producing);
        }

        var watching = await ObserveAsync(mesh, producers, observers, cancellationToken);

        await ExpectAllAsync(watching, producers, cancellationToken);
    }

    [Test, CancelAfter(90_000)]
    public async Task AnObserver_HasEveryStep_WhenItStartsTenSecondsLate(CancellationToken cancellationToken)
    {
        await using var mesh = new TestMesh();
        await mesh.UpAsync("pi1", null, cancellationToken, Producing);
        while (await UptimeMsAsync(mesh, "pi1", cancellationToken) < 10_000)
        {
            // The producer itself says when ten seconds have passed.
        }

        var watching = await ObserveAsync(mesh, ["pi1"], ["win1"], cancellationToken);

        await ExpectAllAsync(watching, ["pi1"], cancellationToken);
    }

    [Test, CancelAfter(90_000)]
    public async Task EveryObserver_HasEveryStep_WhenOnePublishedFrameInTwentyIsLost(
        CancellationToken cancellationToken)
    {
        await using var mesh = new TestMesh();
        foreach (var producer in Names("pi", 2))
        {
            await mesh.UpLossyAsync(
                producer, cancellationToken, [.. Producing[..^4], "--event-period", "20ms", .. Producing[^2..]]);
        }

        var watching = await ObserveAsync(mesh, Names("pi", 2), Names("win", 2), cancellationToken);

        await ExpectAllAsync(watching, Names("pi", 2), cancellationToken);
    }

    private static string[] Names(string prefix, int count) =>
        [.. Enumerable.Range(1, count).Select(number => $"{prefix}{number}")];

    private static async Task<List<MeshProcess>> ObserveAsync(
        TestMesh mesh, string[] producers, string[] observers, CancellationToken cancellationToken)
    {
        foreach (var observer in observers)
        {
            foreach (var producer in producers)
            {
                await mesh.TrustAsync((producer, null), (observer, null), cancellationToken);
            }
        }

        var steps = $"{(EventCount + 1) * producers.Length}";
        return [.. observers.Select(observer => mesh.Start(
            observer, null, "sub", "--lane", "spy", "--history", "-n", steps, "--for", "40s", "-o", "ndjson"))];
    }

    private static async Task ExpectAllAsync(
        List<MeshProcess> watching, string[] producers, CancellationToken cancellationToken)
    {
        foreach (var observer in watching)
        {
            var exitCode = await observer.WaitForExitAsync(cancellationToken);
            var steps = observer.Output.Select(line => JsonDocument.Parse(line).RootElement)
                .Where(line => line.GetProperty("t").GetString() == "event")
                .ToLookup(line => line.GetProperty("peer").GetString(), line => line.GetProperty("seq").GetInt32());
            using (Assert.EnterMultipleScope())
            {
                Assert.That(exitCode, Is.Zero, string.Join('\n', observer.Errors));
                foreach (var producer in producers)
                {
                    Assert.That(steps[producer], Is.EqualTo(Enumerable.Range(0, EventCount + 1)), producer);
                }
            }
        }
    }

    private static async Task<double> UptimeMsAsync(TestMesh mesh, string node, CancellationToken cancellationToken)
    {
        var (_, output, _) = await mesh.RunAsync(node, null, cancellationToken, "status", "-o", "json");
        using var document = JsonDocument.Parse(string.Join('\n', output));
        return document.RootElement.GetProperty("uptimeMs").GetDouble();
    }
}
