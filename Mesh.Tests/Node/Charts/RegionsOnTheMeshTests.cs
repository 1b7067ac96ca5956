using System.Text.Json;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Node.Charts;

/// <summary>A chart with parallel regions, seen from another node, with real processes on loopback.</summary>
[Category("Socket")]
[CancelAfter(60_000)]
public sealed class RegionsOnTheMeshTests
{
    private const string Oven = """
        <scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" name="oven" initial="on">
          <parallel id="on">
            <state id="door" initial="closed">
              <state id="closed">
                <onentry><send event="open" delay="100ms"/></onentry>
                <transition event="open" target="opened"/>
              </state>
              <state id="opened"/>
            </state>
            <state id="heat" initial="hot">
              <state id="hot"><transition event="open" target="cold"><raise event="warned"/></transition></state>
              <state id="cold"/>
            </state>
            <state id="lamp" initial="dark">
              <state id="dark"><transition event="warned" target="lit"/></state>
              <state id="lit"/>
            </state>
          </parallel>
        </scxml>
        """;

    private static readonly string[] Network = ["--mesh", "mesh of RegionsOnTheMeshTests", "--no-beacon"];

    [Test]
    public async Task Sub_ShowsTheStatesOfEveryRegion(CancellationToken cancellationToken)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["oven.scxml"], Oven, cancellationToken);
        await using var node = MeshProcess.Start(
            folder["pi"], null,
            ["up", "--name", "pi", "--interface", "lo", "--chart", folder["oven.scxml"], .. Network]);
        await node.WaitForErrorAsync(line => line.StartsWith("ready", StringComparison.Ordinal), cancellationToken);
        var invite = await RunAsync(folder["pi"], "invite");
        _ = await RunAsync(folder["win"], "join", invite.Single());

        var events = await RunAsync(
            folder["win"], ["sub", "pi/oven", "--history", "-n", "2", "-o", "ndjson", .. Network]);
        var seen = await RunAsync(folder["win"], ["spy", "pi/oven", .. Network]);
        var own = await RunAsync(folder["pi"], "spy", "pi/oven");
        var shown = await RunAsync(folder["win"], ["charts", "show", "pi/oven", .. Network]);

        var last = events.Last(line => line.Contains("\"trigger\"", StringComparison.Ordinal));
        using var step = JsonDocument.Parse(last);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Strings(step, "from"), Is.EqualTo(new[] { "closed", "hot", "dark" }));
            Assert.That(Strings(step, "to"), Is.EqualTo(new[] { "opened", "cold", "lit" }));
            Assert.That(seen, Is.EqualTo(own));
            Assert.That(seen, Has.Member("warned:dark"));
            Assert.That(
                shown.Where(line => line.EndsWith('*')).Select(line => line.Trim()),
                Is.EqualTo(new[] { "opened *", "cold *", "lit *" }));
        }
    }

    private static string?[] Strings(JsonDocument step, string property) =>
        [.. step.RootElement.GetProperty(property).EnumerateArray().Select(state => state.GetString())];

    private static async Task<string[]> RunAsync(string stateFolder, params string[] arguments)
    {
        var result = await MeshProcess.RunAsync(
            stateFolder, null, arguments, TestContext.CurrentContext.CancellationToken);
        Assert.That(result.ExitCode, Is.Zero, string.Join('\n', result.Errors));
        return result.Output;
    }
}
