using System.Diagnostics;
using System.Text.Json;
using Mesh.Node;
using NUnit.Framework;

namespace Mesh.Tests.Node;

/// <summary>The real process: its streams to the byte, its exit codes, signals, and readers that go away.</summary>
[CancelAfter(60_000)]
public sealed class ProcessTests
{
    private const string TraceLine = "[2018-01-10 13:14:26.739622] [c] e->B() c1->c1\n";

    [Test]
    public async Task Run_PrintsShortHelp_WhenThereIsNoArgument(CancellationToken cancellationToken)
    {
        var result = await MeshNodeProcess.RunAsync([], "", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(ExitCode.Ok));
            Assert.That(result.Output, Does.StartWith("meshnode ").And.Contain("usage: meshnode COMMAND"));
            Assert.That(result.Output.Split('\n'), Has.Length.LessThan(25));
            Assert.That(result.Output.Split('\n').Max(line => line.Length), Is.LessThanOrEqualTo(80));
            Assert.That(result.Error, Is.Empty);
        }
    }

    [Test]
    public async Task Run_NamesTheProgramInItsHelp(CancellationToken cancellationToken)
    {
        var result = await MeshNodeProcess.RunAsync(["sequence", "--help"], "", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(ExitCode.Ok));
            Assert.That(result.Output, Does.Contain("\n  meshnode sequence [<NODE/CHART|FILE>] [options]\n"));
            Assert.That(result.Error, Is.Empty);
        }
    }

    [Test]
    public async Task Run_PrintsOneDocument_WhenVersionIsAskedForAsJson(CancellationToken cancellationToken)
    {
        var result = await MeshNodeProcess.RunAsync(["version", "-o", "json"], "", cancellationToken);

        using var document = JsonDocument.Parse(result.Output);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(ExitCode.Ok));
            Assert.That(result.Output, Does.StartWith("{\"schema\":\"mesh.version/1\",").And.EndsWith("}\n"));
            Assert.That(document.RootElement.GetProperty("version").GetString(), Does.Match(@"^\d+\.\d+\.\d+$"));
            Assert.That(document.RootElement.GetProperty("protocol").GetInt32(), Is.EqualTo(1));
            Assert.That(document.RootElement.GetProperty("stack").GetString(), Is.AnyOf("system", "nuget"));
            Assert.That(document.RootElement.GetProperty("transport").GetString(), Does.Match(@"^(libzmq|NetMQ) 4\."));
            Assert.That(document.RootElement.GetProperty("primitives").GetString(), Does.Match(@"^\S+ \d+\.\d+\.\d+"));
            Assert.That(document.RootElement.GetProperty("messagePack").GetString(), Does.Contain("MessagePack"));
            Assert.That(result.Error, Is.Empty);
        }
    }

    [Test]
    public async Task Run_EndsWith2AndAnEmptyOutput_WhenTheCommandIsMistyped(CancellationToken cancellationToken)
    {
        var result = await MeshNodeProcess.RunAsync(["sequense"], "", cancellationToken);

        var expected = new ProgramResult(
            ExitCode.Usage,
            "",
            "meshnode: unknown command \"sequense\"; did you mean \"sequence\"? See `meshnode --help`.\n");
        Assert.That(result, Is.EqualTo(expected));
    }

    [Test]
    public async Task Run_EndsQuietly_WhenTheReaderGoesAway(CancellationToken cancellationToken)
    {
        using var process = MeshNodeProcess.Start(["sequence", "-"]);
        for (var line = 0; line < 20_000; line++)
        {
            await process.Input.WriteAsync(TraceLine.AsMemory(), cancellationToken);
        }

        process.Input.Close();
        await process.Output.ReadExactlyAsync(new byte[1], cancellationToken);
        process.Output.Close();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await process.WaitAsync(cancellationToken), Is.EqualTo(ExitCode.Ok));
            Assert.That(await process.ReadErrorAsync(cancellationToken), Is.Empty);
        }
    }

    [Test]
    [Platform(Include = "Linux", Reason = "/dev/full is a device of Linux")]
    public async Task Run_Fails_WhenTheDiskIsFull(CancellationToken cancellationToken)
    {
        var result = await RunInShellAsync("exec dotnet meshnode.dll version >/dev/full", cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(result.ExitCode, Is.EqualTo(ExitCode.Failed));
            Assert.That(result.Error, Does.Match("^meshnode: .*[Nn]o space left on device.*\n$"));
        }
    }

    [Test]
    [Platform(Include = "Unix,Linux,MacOsX", Reason = "needs a POSIX shell")]
    public async Task Run_LeavesTheFileToOtherWriters_WhenTheyShareIt(CancellationToken cancellationToken)
    {
        var file = Path.GetTempFileName();
        try
        {
            await RunInShellAsync(
                $"(echo before; dotnet meshnode.dll --version; echo after) >'{file}'", cancellationToken);

            Assert.That(await File.ReadAllTextAsync(file, cancellationToken),
                Does.Match(@"^before\nmeshnode \d+\.\d+\.\d+\nafter\n$"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [TestCase("INT", ExitCode.Interrupted)]
    [TestCase("TERM", ExitCode.Terminated)]
    [Platform(Include = "Unix,Linux,MacOsX", Reason = "POSIX signals")]
    public async Task Run_EndsWithTheCodeOfTheSignal_WhenItWasWaitingForInput(
        string signal, int expected, CancellationToken cancellationToken)
    {
        using var process = MeshNodeProcess.Start(["sequence", "-"]);
        await WaitUntilListeningAsync(process.Id, cancellationToken);

        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        var exitCode = await process.WaitAsync(cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((int)exitCode, Is.EqualTo(expected));
            Assert.That(await process.ReadErrorAsync(cancellationToken), Is.Empty);
        }
    }

    // A signal that comes before the program listens ends it in the system's way, so this looks until both are caught.
    private static async Task WaitUntilListeningAsync(int processId, CancellationToken cancellationToken)
    {
        const long interruptAndTerminate = (1L << 1) | (1L << 14);
        if (!OperatingSystem.IsLinux())
        {
            Assert.Ignore("Whether a process listens to signals can be seen in /proc only.");
        }

        while (true)
        {
            var lines = await File.ReadAllLinesAsync($"/proc/{processId}/status", cancellationToken);
            var caughtLine = lines.Single(line => line.StartsWith("SigCgt:", StringComparison.Ordinal));
            var caught = Convert.ToInt64(caughtLine["SigCgt:".Length..].Trim(), 16);
            if ((caught & interruptAndTerminate) == interruptAndTerminate)
            {
                return;
            }

            await Task.Yield();
        }
    }

    private static async Task<ProgramResult> RunInShellAsync(string script, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("sh", ["-c", script])
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var shell = Process.Start(start)!;
        var output = shell.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = await shell.StandardError.ReadToEndAsync(cancellationToken);
        await shell.WaitForExitAsync(cancellationToken);
        return new ProgramResult((ExitCode)shell.ExitCode, await output, error);
    }
}
