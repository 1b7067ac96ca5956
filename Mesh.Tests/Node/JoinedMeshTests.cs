using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Node;

/// <summary>Whoever has joined by a code needs no further option: with real processes on loopback.</summary>
[Category("Socket")]
[CancelAfter(60_000)]
public sealed class JoinedMeshTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Test]
    public async Task Trace_NeedsNoMeshOption_AfterJoiningANamedMesh(CancellationToken cancellationToken)
    {
        await using var named = await UpAsync("named", ["--mesh", "lab of JoinedMeshTests"], cancellationToken);

        var code = await RunAsync("named", ["invite"], cancellationToken);
        var joined = await RunAsync("guest", ["join", code.Output.Single()], cancellationToken);
        var trace = await RunAsync("guest", ["trace", "named/producer", "--no-beacon"], cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(joined.ExitCode, Is.Zero, string.Join('\n', joined.Errors));
            Assert.That(trace.ExitCode, Is.Zero, string.Join('\n', trace.Errors));
            Assert.That(trace.Output[0], Does.EndWith("[producer_named] e->start_at() top->c1"));
        }
    }

    [Test]
    public async Task Join_SaysWhichMeshes_WhenTheOwnerWasStartedInAnother(CancellationToken cancellationToken)
    {
        await using var named = await UpAsync("named", ["--mesh", "lab of JoinedMeshTests"], cancellationToken);
        await using var home = await UpAsync("home", ["--mesh", "home of JoinedMeshTests"], cancellationToken);

        var code = await RunAsync("named", ["invite"], cancellationToken);
        var joined = await RunAsync("home", ["join", code.Output.Single()], cancellationToken);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(joined.ExitCode, Is.Not.Zero);
            Assert.That(
                joined.Errors.Last(),
                Does.Contain("'lab of JoinedMeshTests'").And.Contains("'home of JoinedMeshTests'"));
        }
    }

    public void Dispose() => _folder.Dispose();

    private async Task<MeshProcess> UpAsync(string name, string[] mesh, CancellationToken cancellationToken)
    {
        var process = MeshProcess.Start(
            _folder[name],
            null,
            [
                "up", "--name", name, "--no-beacon", "--interface", "lo", .. mesh,
                "--chart", "sample:producer", "--events", "B",
            ]);
        await process.WaitForErrorAsync(
            line => line.StartsWith("ready", StringComparison.Ordinal), cancellationToken);
        return process;
    }

    private Task<(int ExitCode, string[] Output, string[] Errors)> RunAsync(
        string folder, string[] arguments, CancellationToken cancellationToken) =>
        MeshProcess.RunAsync(_folder[folder], null, arguments, cancellationToken);
}
