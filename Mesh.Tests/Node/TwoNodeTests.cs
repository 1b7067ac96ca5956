using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Node;

/// <summary>What a guest sees of another machine's node, verb by verb, with real processes on loopback.</summary>
[Category("Socket")]
[CancelAfter(60_000)]
public sealed partial class TwoNodeTests
{
    private const string Mesh = "mesh of TwoNodeTests";

    private static readonly string[] Network = ["--mesh", Mesh, "--no-beacon"];

    private static readonly string[] Spy =
    [
        "START", "SEARCH_FOR_SUPER_SIGNAL:producer_outer", "ENTRY_SIGNAL:producer_outer",
        "INIT_SIGNAL:producer_outer", "SEARCH_FOR_SUPER_SIGNAL:c1", "ENTRY_SIGNAL:c1", "INIT_SIGNAL:c1",
        "<- Queued:(0) Deferred:(0)",
        "B:c1", "B:producer_outer", "EXIT_SIGNAL:c1", "EXIT_SIGNAL:producer_outer", "ENTRY_SIGNAL:producer_outer",
        "INIT_SIGNAL:producer_outer", "SEARCH_FOR_SUPER_SIGNAL:c1", "ENTRY_SIGNAL:c1", "INIT_SIGNAL:c1",
        "<- Queued:(0) Deferred:(0)",
        "A:c1", "SEARCH_FOR_SUPER_SIGNAL:c2", "SEARCH_FOR_SUPER_SIGNAL:c1", "EXIT_SIGNAL:c1", "ENTRY_SIGNAL:c2",
        "INIT_SIGNAL:c2", "<- Queued:(0) Deferred:(0)",
    ];

    private static readonly string[] Trace =
    [
        "[producer_pi] e->start_at() top->c1", "[producer_pi] e->B() c1->c1", "[producer_pi] e->A() c1->c2",
    ];

    private static TemporaryFolder _folder = null!;
    private static MeshProcess _pi = null!;

    private static string PiFolder => _folder["pi"];

    private static string WinFolder => _folder["win"];

    [OneTimeSetUp]
    public static async Task StartAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        _folder = new TemporaryFolder();
        _pi = MeshProcess.Start(
            PiFolder, null,
            [
                "up", "--name", "pi", .. Network, "--interface", "lo", "--event-period", "100ms",
                "--chart", "sample:producer", "--events", "B A", "--chart", "lamp=sample:blinker",
            ]);
        await _pi.WaitForErrorAsync(line => line.StartsWith("ready", StringComparison.Ordinal), patience.Token);
        await JoinAsync(WinFolder, [], patience.Token);

        // From here on the producer is at rest.
        await RunAsync(WinFolder, ["sub", "pi/producer", "--history", "-n", "3", .. Network], patience.Token);
    }

    [OneTimeTearDown]
    public static async Task StopAsync()
    {
        await _pi.DisposeAsync();
        _folder.Dispose();
    }

    [Test]
    public async Task Spy_IsTheSameHereAndThere(CancellationToken cancellationToken)
    {
        var seen = await RunAsync(WinFolder, ["spy", "pi/producer", .. Network], cancellationToken);
        var own = await RunAsync(PiFolder, ["spy", "pi/producer"], cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(seen.Output, Is.EqualTo(Spy));
            Assert.That(own.Output, Is.EqualTo(Spy));
            Assert.That(seen.ExitCode, Is.Zero);
        }
    }

    [Test]
    public async Task Trace_IsTheSameHereAndThere_ToTheMicrosecond(CancellationToken cancellationToken)
    {
        var seen = await RunAsync(WinFolder, ["trace", "pi/producer", .. Network], cancellationToken);
        var own = await RunAsync(PiFolder, ["trace", "pi/producer"], cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(seen.Output, Is.EqualTo(own.Output));
            Assert.That(seen.Output.Select(Stripped), Is.EqualTo(Trace));
        }
    }

    [Test]
    public async Task Trace_IsADocument_WhenJsonIsAskedFor(CancellationToken cancellationToken)
    {
        var result = await RunAsync(WinFolder, ["trace", "pi/producer", "-o", "json", .. Network], cancellationToken);

        using var document = JsonDocument.Parse(result.Output.Single());
        var root = document.RootElement;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(root.GetProperty("schema").GetString(), Is.EqualTo("mesh.trace/1"));
            Assert.That(root.GetProperty("peer").GetString(), Is.EqualTo("pi"));
            Assert.That(root.GetProperty("state").GetString(), Is.EqualTo("c2"));
            Assert.That(root.GetProperty("lines").EnumerateArray().Select(line => Stripped(line.GetString()!)),
                Is.EqualTo(Trace));
        }
    }

    [Test]
    public async Task Sequence_DrawsTheChartOfAnotherNode(CancellationToken cancellationToken)
    {
        var result = await RunAsync(WinFolder, ["sequence", "pi/producer", "--number", .. Network], cancellationToken);

        Assert.That(result.Output, Is.EqualTo(new[]
        {
            "[Statechart: producer_pi]",
            "      top            c1             c2",
            "       +--start_at()->|              |",
            "       |     (1)      |              |",
            "       |              +              |",
            "       |               \\ (2)         |",
            "       |               B()           |",
            "       |               /             |",
            "       |              <              |",
            "       |              +------A()---->|",
            "       |              |     (3)      |",
        }));
    }

    [Test]
    public async Task Sub_PrintsTheListingOfMiros_FromTheHistoryOn(CancellationToken cancellationToken)
    {
        var result = await RunAsync(
            WinFolder, ["sub", "pi/producer", "--history", "-o", "miros", "-n", "3", .. Network], cancellationToken);

        string[] expected =
        [
            $" [x] Trace: {Trace[0]}", .. Spy[..8].Select(line => $" [x] Spy: {line}"),
            $" [x] Trace: {Trace[1]}", .. Spy[8..18].Select(line => $" [x] Spy: {line}"),
            $" [x] Trace: {Trace[2]}", .. Spy[18..].Select(line => $" [x] Spy: {line}"),
        ];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.Output.Select(Stripped), Is.EqualTo(expected));
            Assert.That(result.ExitCode, Is.Zero);
        }
    }

    [Test]
    public async Task Sub_BeginsWithWhatIs_ThenPrintsWhatComes(CancellationToken cancellationToken)
    {
        var result = await RunAsync(WinFolder, ["sub", "+/lamp", "-n", "4", .. Network], cancellationToken);

        var states = result.Output.Skip(1).Select(line => line.Split("  ")[2]).ToArray();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.Zero);
            Assert.That(result.Output[0], Does.Match("^ {12}  pi/lamp  snapshot  (On|Off)$"));
            Assert.That(states, Is.EqualTo(new[] { "On -> Off", "Off -> On", "On -> Off", "Off -> On" })
                .Or.EqualTo(new[] { "Off -> On", "On -> Off", "Off -> On", "On -> Off" }));
            Assert.That(result.Output.Skip(1), Is.All.Match(@"^\d\d:\d\d:\d\d\.\d{3}  pi/lamp  \w+ -> \w+  Tick$"));
            Assert.That(result.Errors.Last(), Does.Match("^stopped after .*: 4 steps, 0 lost$"));
        }
    }

    [Test]
    public async Task Sub_PrintsAnObjectALine_WhenNdjsonIsAskedFor(CancellationToken cancellationToken)
    {
        var result = await RunAsync(
            WinFolder, ["sub", "pi/lamp", "-o", "ndjson", "--lane", "both", "-n", "2", .. Network], cancellationToken);

        var documents = result.Output.Select(line => JsonDocument.Parse(line)).ToArray();
        var kinds = documents.Select(document => document.RootElement.GetProperty("t").GetString());
        var step = documents[2].RootElement;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(kinds, Is.EqualTo(new[] { "hello", "snapshot", "event", "event", "end" }));
            Assert.That(step.GetProperty("trigger").GetString(), Is.EqualTo("Tick"));
            Assert.That(step.GetProperty("spy").GetArrayLength(), Is.EqualTo(7));
            Assert.That(step.GetProperty("trace").GetString(), Does.EndWith("e->Tick() Off->On")
                .Or.EndWith("e->Tick() On->Off"));
        }

        Array.ForEach(documents, document => document.Dispose());
    }

    [Test]
    [Platform(Include = "Unix,Linux,MacOsX", Reason = "needs a POSIX shell")]
    public async Task Sub_EndsQuietly_WhenItsReaderGoesAway(CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(
            "sh", ["-c", $"dotnet meshnode.dll sub pi/lamp -o miros --no-beacon --mesh '{Mesh}' | head -3"])
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["MESH_STATE_DIR"] = WinFolder;
        using var shell = Process.Start(start)!;
        var output = await shell.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = await shell.StandardError.ReadToEndAsync(cancellationToken);
        await shell.WaitForExitAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(output.TrimEnd().Split('\n'), Has.Length.EqualTo(3).And.All.StartWith(" [x] "));
            Assert.That(error, Is.Empty);
        }
    }

    [Test]
    [Platform(Include = "Unix,Linux,MacOsX", Reason = "POSIX signals")]
    public async Task Sub_Ends0WithASummary_WhenInterrupted(CancellationToken cancellationToken)
    {
        await using var sub = MeshProcess.Start(WinFolder, null, ["sub", "pi/lamp", .. Network]);
        await sub.WaitForOutputAsync(line => line.EndsWith("Tick", StringComparison.Ordinal), cancellationToken);

        var exitCode = await sub.InterruptAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(exitCode, Is.Zero);
            Assert.That(sub.Errors, Has.Some.Match("^stopped after .*: \\d+ steps, 0 lost$"));
        }
    }

    [Test]
    public async Task Sub_ShowsAPeer_ThatIsAcceptedWhileItRuns(CancellationToken cancellationToken)
    {
        var late = _folder["late"];
        await using var sub = MeshProcess.Start(late, null, ["sub", "pi/lamp", .. Network]);
        await sub.WaitForErrorAsync(
            line => line.StartsWith("no peer is accepted yet", StringComparison.Ordinal), cancellationToken);

        await JoinAsync(late, [], cancellationToken);

        await sub.WaitForOutputAsync(line => line.EndsWith("Tick", StringComparison.Ordinal), cancellationToken);
    }

    [Test]
    public async Task Sub_SaysWhatToDo_WhenTheOtherNodeDoesNotKnowThisOne(CancellationToken cancellationToken)
    {
        var ready = _pi.Errors.Single(line => line.StartsWith("ready", StringComparison.Ordinal));
        var address = $"127.0.0.1:{SessionPort().Match(ready).Groups[1].Value}";
        var result = await RunAsync(
            _folder["stranger"], ["sub", "--peer", address, "--for", "4s", .. Network], cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(6));
            Assert.That(result.Errors, Has.Some.EqualTo(
                $"no chart matches yet, still waiting; {address} and this node do not trust each other yet:"
                + " run `meshnode invite` there, and here `meshnode join CODE`"));
            Assert.That(_pi.Errors, Has.Some.EndsWith(" used an invite and is accepted; may trace,spy"));
            Assert.That(_pi.Errors, Has.Some.EndsWith(" is a stranger and waits to be accepted or rejected"));
        }
    }

    [Test]
    public async Task Charts_ListsAndShowsThem(CancellationToken cancellationToken)
    {
        var list = await RunAsync(WinFolder, ["charts", .. Network], cancellationToken);
        var show = await RunAsync(WinFolder, ["charts", "show", "pi/producer", .. Network], cancellationToken);
        var json = await RunAsync(WinFolder, ["charts", "list", "-o", "json", .. Network], cancellationToken);

        using var document = JsonDocument.Parse(json.Output.Single());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(list.Output[0], Is.EqualTo("CHART        STATE  STEPS  STATUS"));
            Assert.That(list.Output[1], Does.Match(@"^pi/lamp      (On|Off) +\d+ +running$"));
            Assert.That(list.Output[2], Is.EqualTo("pi/producer  c2     2      running"));
            Assert.That(show.Output[0], Is.EqualTo("pi/producer  (in its trace: producer_pi)"));
            Assert.That(show.Output, Has.Member("    c2 *").And.Member("      A -> c1"));
            Assert.That(document.RootElement.GetProperty("charts").GetArrayLength(), Is.EqualTo(2));
        }
    }

    [Test]
    public async Task Peers_TellsHowTheOtherStands(CancellationToken cancellationToken)
    {
        var here = await RunAsync(WinFolder, ["peers", "-o", "json", .. Network], cancellationToken);
        var there = await RunAsync(PiFolder, ["peers", "list", "-o", "json"], cancellationToken);

        using var seen = JsonDocument.Parse(here.Output.Single());
        using var own = JsonDocument.Parse(there.Output.Single());
        var peer = seen.RootElement.GetProperty("peers").EnumerateArray().Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(peer.GetProperty("name").GetString(), Is.EqualTo("pi"));
            Assert.That(peer.GetProperty("trust").GetString(), Is.EqualTo("accepted"));
            Assert.That(peer.GetProperty("presence").GetString(), Is.EqualTo("alive"));
            Assert.That(peer.GetProperty("granted").EnumerateArray().Select(right => right.GetString()),
                Is.EqualTo(new[] { "trace", "spy" }));
            Assert.That(own.RootElement.GetProperty("peers").EnumerateArray()
                .Select(entry => entry.GetProperty("trust").GetString()), Has.Some.EqualTo("accepted"));
        }
    }

    [TestCase(3, "spy", "pi/nothing", "pi has no chart \"nothing\"; it has: lamp, producer.")]
    [TestCase(3, "trace", "win/producer", "No peer \"win\" is known; there are: pi.")]
    public async Task Gathering_SaysWhatThereIs_WhenTheChartIsUnknown(
        int exitCode, string verb, string address, string fault)
    {
        var result = await RunAsync(
            WinFolder, [verb, address, .. Network], TestContext.CurrentContext.CancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(exitCode));
            Assert.That(result.Errors, Is.EqualTo(new[] { $"meshnode: {fault}" }));
            Assert.That(result.Output, Is.Empty);
        }
    }

    [Test]
    public async Task Rights_DecideWhatIsSeen_AndCanBeTakenBack(CancellationToken cancellationToken)
    {
        var third = _folder["third"];
        await JoinAsync(third, ["--rights", "trace"], cancellationToken);
        var id = (await RunAsync(third, ["id"], cancellationToken)).Output.Single();

        var trace = await RunAsync(third, ["trace", "pi/producer", .. Network], cancellationToken);
        var spy = await RunAsync(third, ["spy", "pi/producer", .. Network], cancellationToken);
        var blocked = await RunAsync(PiFolder, ["peers", "block", id], cancellationToken);
        var after = await RunAsync(third, ["trace", "pi/producer", .. Network], cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(trace.Output.Select(Stripped), Is.EqualTo(Trace));
            Assert.That(spy.ExitCode, Is.EqualTo(4));
            Assert.That(spy.Errors.Last(), Does.Contain("the trace alone"));
            Assert.That(blocked.ExitCode, Is.Zero);
            Assert.That(after.ExitCode, Is.EqualTo(4));
            Assert.That(after.Errors.Last(), Does.Contain("pi refuses: it has blocked this node"));
        }
    }

    [Test]
    public async Task Join_Ends4_WhenTheCodeWasUsedByAnother(CancellationToken cancellationToken)
    {
        var invite = await RunAsync(PiFolder, ["invite", "-o", "json"], cancellationToken);
        using var document = JsonDocument.Parse(invite.Output.Single());
        var code = document.RootElement.GetProperty("code").GetString()!;

        var mistyped = await RunAsync(_folder["fifth"], ["join", code[..^1]], cancellationToken);
        var first = await RunAsync(_folder["fourth"], ["join", code.ToLowerInvariant()], cancellationToken);
        var second = await RunAsync(_folder["fifth"], ["join", code], cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(mistyped.ExitCode, Is.EqualTo(2));
            Assert.That(first.ExitCode, Is.Zero);
            Assert.That(first.Output.Single(), Does.Match("^accepted both ways: pi .*, may trace,spy$"));
            Assert.That(second.ExitCode, Is.EqualTo(4));
            Assert.That(second.Errors.Last(), Does.Contain("already used"));
        }
    }

    [Test]
    public async Task Join_BringsTheMeshKeyAlong(CancellationToken cancellationToken)
    {
        var secretFolder = _folder["secret"];
        var guest = _folder["guest-of-secret"];
        await File.WriteAllTextAsync(_folder["key"], new string('7', 64), cancellationToken);
        await using var secret = MeshProcess.Start(
            secretFolder, null,
            ["up", "--name", "secret", "--no-beacon", "--interface", "lo", "--mesh-key-file", _folder["key"],
                "--chart", "sample:producer", "--events", "B"]);
        await secret.WaitForErrorAsync(line => line.StartsWith("ready", StringComparison.Ordinal), cancellationToken);

        var code = await RunAsync(secretFolder, ["invite"], cancellationToken);
        await RunAsync(guest, ["join", code.Output.Single()], cancellationToken);
        var trace = await RunAsync(guest, ["trace", "secret/producer", "--no-beacon"], cancellationToken);

        Assert.That(Stripped(trace.Output[0]), Is.EqualTo("[producer_secret] e->start_at() top->c1"));
    }

    private static async Task JoinAsync(string stateFolder, string[] rights, CancellationToken cancellationToken)
    {
        var invite = await RunAsync(PiFolder, ["invite", .. rights], cancellationToken);
        var joined = await RunAsync(stateFolder, ["join", invite.Output.Single()], cancellationToken);
        Assert.That(joined.ExitCode, Is.Zero, string.Join('\n', joined.Errors));
    }

    private static Task<(int ExitCode, string[] Output, string[] Errors)> RunAsync(
        string stateFolder, string[] arguments, CancellationToken cancellationToken) =>
        MeshProcess.RunAsync(stateFolder, null, arguments, cancellationToken);

    private static string Stripped(string line) => TimeStamp().Replace(line, "");

    [GeneratedRegex(@"sessions tcp (\d+)")]
    private static partial Regex SessionPort();

    [GeneratedRegex(@"\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}\] ")]
    private static partial Regex TimeStamp();
}
