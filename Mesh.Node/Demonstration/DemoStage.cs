using System.Globalization;
using System.Text.Json;
using Mesh.Node.Hosting;
using Mesh.Node.Output;

namespace Mesh.Node.Demonstration;

/// <summary>
/// Two nodes on the loopback interface: they find each other by beacon, trust each other by invite, and one watches the
/// chart of the other; in the end both tell what the chart did, and it must be the same.
/// </summary>
/// <param name="producer">Runs the chart.</param>
/// <param name="observer">Watches it.</param>
/// <param name="output">Where the story goes.</param>
internal sealed class DemoStage(DemoMachine producer, DemoMachine observer, CommandOutput output)
{
    private const string Events = "B A A B A";
    private const string Chart = "producer";
    private const string SpyTag = " [x] Spy: ";

    // The start and five events.
    private const int StepCount = 6;

    private string Address => $"{producer.Name}/{Chart}";

    /// <summary>Plays the story.</summary>
    /// <param name="mesh">The name of the mesh; no other node uses it.</param>
    /// <param name="stopToken">Gives up.</param>
    /// <returns>Whether the observer saw what happened.</returns>
    /// <exception cref="DemoFailure">A command failed.</exception>
    public async Task<bool> PlayAsync(string mesh, CancellationToken stopToken)
    {
        string[] network = ["--mesh", mesh, "--interface", InterfaceNames.Loopback()];
        await producer.UpAsync(
            ["--name", producer.Name, .. network, "--chart", $"sample:{Chart}", "--events", Events], stopToken);
        await observer.UpAsync(["--name", observer.Name, .. network], stopToken);

        Tell("discovery: the observer hears the other node's beacons, and nothing else is told to it yet");
        await DiscoverAsync(stopToken);
        await observer.RunAsync(["peers"], isShown: true, stopToken);

        Tell("trust: a code that works once");
        var code = await producer.RunAsync(["invite"], isShown: true, stopToken);
        await observer.RunAsync(["join", .. code], isShown: true, stopToken);

        Tell("live: what was before, then what comes");
        var count = StepCount.ToString(CultureInfo.InvariantCulture);
        var live = await observer.RunAsync(
            ["sub", Address, "--history", "-o", "miros", "-n", count, "--for", "20s"], isShown: true, stopToken);

        Tell("gathered: the same once more, as the observer reads it from the producer's sealed log");
        var spy = await observer.RunAsync(["spy", Address], isShown: true, stopToken);
        var trace = await observer.RunAsync(["trace", Address], isShown: true, stopToken);
        await observer.RunAsync(["sequence", Address], isShown: true, stopToken);

        Tell("verdict: the producer's own account of its chart against the observer's");
        var liveSpy = live.Where(line => line.StartsWith(SpyTag, StringComparison.Ordinal))
            .Select(line => line[SpyTag.Length..]);
        var ownSpy = await producer.RunAsync(["spy", Address], isShown: false, stopToken);
        var ownTrace = await producer.RunAsync(["trace", Address], isShown: false, stopToken);
        return Compare("spy lines", ownSpy, spy)
            & Compare("spy lines, live", ownSpy, [.. liveSpy])
            & Compare("trace lines", ownTrace, trace);
    }

    private async Task DiscoverAsync(CancellationToken stopToken)
    {
        while (true)
        {
            var document = await observer.RunAsync(["peers", "-o", "json"], isShown: false, stopToken);
            using var peers = JsonDocument.Parse(string.Concat(document));
            if (peers.RootElement.GetProperty("peers").EnumerateArray()
                .Any(peer => peer.GetProperty("beaconHeard").GetBoolean()))
            {
                return;
            }
        }
    }

    private bool Compare(string what, IReadOnlyList<string> own, IReadOnlyList<string> seen)
    {
        var isEqual = own.Count > 0 && own.SequenceEqual(seen);
        if (isEqual)
        {
            output.WriteLine($"  equal: {own.Count} {what}");
            return true;
        }

        var first = own.Zip(seen).TakeWhile(pair => pair.First == pair.Second).Count();
        output.WriteLine($"  NOT EQUAL: {what}; {own.Count} at the producer, {seen.Count} at the observer");
        output.WriteLine($"    line {first + 1} at the producer: {own.ElementAtOrDefault(first) ?? "(none)"}");
        output.WriteLine($"    line {first + 1} at the observer: {seen.ElementAtOrDefault(first) ?? "(none)"}");
        return false;
    }

    private void Tell(string chapter)
    {
        output.WriteLine("");
        output.WriteLine($"== {chapter}");
        output.Flush();
    }
}
