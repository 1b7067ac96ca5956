using System.Text.Json;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Node;

/// <summary>One real node, or none: what starts, what is refused, what ends how.</summary>
[Category("Socket")]
[CancelAfter(60_000)]
public sealed class LoneNodeTests
{
    private readonly TemporaryFolder _folder = new();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [TestCase("INT")]
    [TestCase("TERM")]
    [Platform(Include = "Unix,Linux,MacOsX", Reason = "POSIX signals")]
    public async Task Up_NamesEverythingWhenReady_AndEnds0_WhenAskedTo(
        string signal, CancellationToken cancellationToken)
    {
        await using var node = Up("--chart", "sample:producer", "--chart", "lamp=sample:blinker");
        var ready = await node.WaitForErrorAsync(IsReady, cancellationToken);
        var status = await RunAsync(["status", "-o", "json"], cancellationToken);
        var id = await RunAsync(["id"], cancellationToken);
        var exitCode = await node.SignalAsync(signal, cancellationToken);

        using var document = JsonDocument.Parse(status.Output.Single());
        var root = document.RootElement;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(exitCode, Is.Zero);
            Assert.That(node.Output, Is.Empty);
            Assert.That(
                node.Errors, Has.Some.StartsWith("no mesh key: ids, addresses and ports in beacons are public"));
            Assert.That(node.Errors, Has.Some.StartsWith("stopped after "));
            Assert.That(ready, Is.EqualTo(
                $"ready pi  id {root.GetProperty("id").GetString()![..9]}"
                + $"  sessions tcp {root.GetProperty("sessionPort")}  frames tcp {root.GetProperty("framePort")}"
                + "  beacons off  interfaces any  charts producer, lamp"));
            Assert.That(root.GetProperty("schema").GetString(), Is.EqualTo("mesh.status/1"));
            Assert.That(root.GetProperty("charts").EnumerateArray().Select(chart => chart.GetString()),
                Is.EqualTo(new[] { "producer", "lamp" }));
            Assert.That(id.Output.Single(), Is.EqualTo(root.GetProperty("id").GetString()));
        }
    }

    [Test]
    public async Task Up_HostsTheChartOfAFile(CancellationToken cancellationToken)
    {
        await using var node = Up("--chart", $"mine={Charts.LineClient.Sample("counter.scxml")}");
        var ready = await node.WaitForErrorAsync(IsReady, cancellationToken);
        var show = await RunAsync(["charts", "show", "pi/mine", "-o", "json"], cancellationToken);
        var trace = await RunAsync(["trace", "pi/mine", "-o", "text"], cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ready, Does.EndWith("charts mine"));
            Assert.That(show.ExitCode, Is.Zero, string.Join('\n', show.Errors));
            Assert.That(show.Output.Single(), Does.Contain("\"busy\"").And.Contain("\"request\""));
            Assert.That(trace.Output, Has.Some.EndsWith("[counter] e->start_at() top->idle"));
        }
    }

    [Test]
    public async Task Up_Warns_WhenEverybodyIsAccepted(CancellationToken cancellationToken)
    {
        await using var node = Up("--accept", "always", "--quiet");

        await node.WaitForErrorAsync(
            line => line.StartsWith("warning: every stranger is accepted", StringComparison.Ordinal),
            cancellationToken);
    }

    [TestCase("status")]
    [TestCase("charts")]
    [Platform(Include = "Unix,Linux,MacOsX", Reason = "POSIX signals")]
    public async Task Run_Ends6_WhenTheNodeIsSuspended(string verb, CancellationToken cancellationToken)
    {
        await using var node = Up();
        await node.WaitForErrorAsync(IsReady, cancellationToken);
        await node.SendAsync("STOP", cancellationToken);

        var result = await RunAsync([verb], cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(6));
            Assert.That(result.Errors.Single(), Does.EndWith("does not answer on its local socket; is it suspended?"));
        }
    }

    [Test]
    public async Task Up_Ends8_WhenTheStateFolderIsOwned(CancellationToken cancellationToken)
    {
        await using var node = Up();
        await node.WaitForErrorAsync(IsReady, cancellationToken);

        var second = await RunAsync(["up", "--name", "other", "--no-beacon"], cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(second.ExitCode, Is.EqualTo(8));
            Assert.That(second.Errors.Last(), Does.Match(@"is in use by process \d+"));
            Assert.That(second.Output, Is.Empty);
        }
    }

    [Test]
    public async Task Status_ShowsTheCountersOfLimits(CancellationToken cancellationToken)
    {
        await using var node = Up();
        await node.WaitForErrorAsync(IsReady, cancellationToken);

        var status = await RunAsync(["status", "-o", "json"], cancellationToken);

        using var document = JsonDocument.Parse(status.Output.Single());
        var counters = document.RootElement.GetProperty("counters").EnumerateObject()
            .ToDictionary(counter => counter.Name, counter => counter.Value.GetInt64());
        string[] expected =
        [
            "connections.flooding", "connections.idle", "connections.tooMany", "connections.badMessages",
            "handshake.malformed", "publish.refused.limit", "publish.rebinds", "read.badMessages",
            "read.dropped.badRecords", "read.dropped.tooFarAhead", "session.broken", "session.busy",
            "session.handshakeTimeout", "session.queueFull", "session.tooMany", "session.unknownMessage",
            "trust.pendingForgotten", "trust.tooManyPeers", "view.droppedNames", "view.droppedSteps",
            "view.refusedDefinitions",
        ];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(counters.Keys, Is.SupersetOf(expected));
            Assert.That(expected.Sum(name => counters[name]), Is.Zero, "nobody has asked for too much");
        }
    }

    [Test]
    public async Task Up_Ends8_WhenItsPortIsTaken(CancellationToken cancellationToken)
    {
        await using var node = Up();
        await node.WaitForErrorAsync(IsReady, cancellationToken);
        using var other = new TemporaryFolder();
        var status = await RunAsync(["status", "-o", "json"], cancellationToken);
        using var document = JsonDocument.Parse(status.Output.Single());
        var port = document.RootElement.GetProperty("sessionPort").ToString();

        var second = await MeshProcess.RunAsync(
            other.FolderPath, null, ["up", "--port", port, "--no-beacon"], cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(second.ExitCode, Is.EqualTo(8));
            Assert.That(second.Errors.Last(), Does.StartWith("meshnode: ").And.Contain(port));
        }
    }

    [Test]
    public async Task Up_Ends8_WhenThereIsNoSuchInterface(CancellationToken cancellationToken)
    {
        var result = await RunAsync(["up", "--interface", "nothing0"], cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(8));
            Assert.That(
                result.Errors.Last(), Does.StartWith("meshnode: There is no interface \"nothing0\"; there are: "));
        }
    }

    [Test]
    public async Task Up_HidesBehindAMeshKey_WhenAFileIsGiven(CancellationToken cancellationToken)
    {
        var keyFile = _folder["mesh-key"];
        await File.WriteAllTextAsync(keyFile, new string('5', 64) + "\n", cancellationToken);
        await using var node = Up("--mesh-key-file", keyFile);
        await node.WaitForErrorAsync(IsReady, cancellationToken);

        var status = await RunAsync(["status"], cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(node.Errors, Has.None.StartsWith("no mesh key"));
            Assert.That(status.Output, Has.Some.StartsWith("mesh ").And.Some.EndsWith("with a mesh key"));
        }
    }

    [TestCase(5, "status")]
    [TestCase(5, "invite")]
    [TestCase(5, "peers", "add", "127.0.0.1:9")]
    [TestCase(3, "spy", "nobody/chart", "--no-beacon")]
    [TestCase(3, "trace", "nobody/chart", "--no-beacon")]
    [TestCase(3, "sequence", "nobody/chart", "--no-beacon")]
    [TestCase(3, "charts", "show", "nobody/chart", "--no-beacon")]
    [TestCase(3, "peers", "accept", "nobody")]
    [TestCase(3, "peers", "block", "nobody")]
    [TestCase(2, "join", "NOT-A-CODE")]
    [TestCase(6, "sub", "--for", "100ms", "--no-beacon")]
    [TestCase(0, "charts", "--no-beacon")]
    [TestCase(0, "peers", "pending", "--no-beacon", "--mesh", "of a test alone")]
    public async Task Run_EndsAsPromised_WhenNoNodeRuns(
        int exitCode, string verb, params string[] arguments) =>
        await Check(exitCode, [verb, .. arguments]);

    [Test]
    public async Task Sub_SaysWhatIsMissing_WhenNobodyIsTrusted(CancellationToken cancellationToken)
    {
        var result = await RunAsync(["sub", "nobody/...", "--for", "2500ms", "--no-beacon"], cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(6));
            Assert.That(result.Output, Is.Empty);
            Assert.That(result.Errors, Has.Some.StartsWith("no peer is accepted yet: run `meshnode invite`"));
            Assert.That(result.Errors, Has.Some.StartsWith("no chart matches nobody/... yet, still waiting"));
        }
    }

    private static bool IsReady(string line) => line.StartsWith("ready", StringComparison.Ordinal);

    private async Task Check(int exitCode, string[] arguments)
    {
        var result = await RunAsync(arguments, TestContext.CurrentContext.CancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(exitCode), string.Join('\n', result.Errors));
            Assert.That(result.Output, Is.Empty);
            Assert.That(result.Errors, Is.Not.Empty);
        }
    }

    private MeshProcess Up(params string[] arguments) =>
        MeshProcess.Start(_folder.FolderPath, null, ["up", "--name", "pi", "--no-beacon", .. arguments]);

    private Task<(int ExitCode, string[] Output, string[] Errors)> RunAsync(
        string[] arguments, CancellationToken cancellationToken) =>
        MeshProcess.RunAsync(_folder.FolderPath, null, arguments, cancellationToken);
}
