using System.Text.Json;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.EndToEnd;

/// <summary>Real processes, with folders that go when the test ends.</summary>
internal sealed class TestMesh : IAsyncDisposable
{
    private readonly TemporaryFolder _folders = new();
    private readonly List<MeshProcess> _processes = [];

    /// <summary>Starts <c>meshnode up</c> and waits until it is ready.</summary>
    public async Task<MeshProcess> UpAsync(
        string node, string? host, CancellationToken cancellationToken, params string[] arguments)
    {
        var process = MeshProcess.Start(
            _folders[node], host, ["up", "--name", node, .. arguments]);
        return await ReadyAsync(process, cancellationToken);
    }

    /// <summary>The same on a network that loses published frames.</summary>
    public async Task<MeshProcess> UpLossyAsync(
        string node, CancellationToken cancellationToken, params string[] arguments)
    {
        var process = MeshProcess.StartProgram(
            "Mesh.Tests.dll", _folders[node], null, ["up", "--name", node, .. arguments]);
        return await ReadyAsync(process, cancellationToken);
    }

    /// <summary>Starts another command of a node without waiting for it.</summary>
    public MeshProcess Start(string node, string? host, params string[] arguments)
    {
        var process = MeshProcess.Start(_folders[node], host, arguments);
        _processes.Add(process);
        return process;
    }

    /// <summary>Starts another program of a node.</summary>
    public MeshProcess StartProgram(string node, string program, params string[] arguments)
    {
        var process = MeshProcess.StartProgram(program, _folders[node], null, arguments);
        _processes.Add(process);
        return process;
    }

    /// <summary>The state folder of a node.</summary>
    public string FolderOf(string node) => _folders[node];

    /// <summary>Runs a command of a node to its end.</summary>
    public Task<(int ExitCode, string[] Output, string[] Errors)> RunAsync(
        string node, string? host, CancellationToken cancellationToken, params string[] arguments) =>
        MeshProcess.RunAsync(_folders[node], host, arguments, cancellationToken);

    /// <summary>Lets one node invite another, and expects both to be content.</summary>
    public async Task TrustAsync(
        (string Node, string? Host) inviter, (string Node, string? Host) joiner, CancellationToken cancellationToken)
    {
        var invite = await RunAsync(inviter.Node, inviter.Host, cancellationToken, "invite");
        Assert.That(invite.ExitCode, Is.Zero, string.Join('\n', invite.Errors));
        var join = await RunAsync(joiner.Node, joiner.Host, cancellationToken, "join", invite.Output.Single());
        Assert.That(join.ExitCode, Is.Zero, string.Join('\n', join.Errors));
    }

    /// <summary>What a running node knows of its peers.</summary>
    public async Task<JsonElement[]> PeersAsync(string node, string? host, CancellationToken cancellationToken)
    {
        var (exitCode, output, errors) = await RunAsync(node, host, cancellationToken, "peers", "-o", "json");
        Assert.That(exitCode, Is.Zero, string.Join('\n', errors));
        using var document = JsonDocument.Parse(string.Join('\n', output));
        return [.. document.RootElement.GetProperty("peers").EnumerateArray().Select(peer => peer.Clone())];
    }

    /// <summary>Ends every process and removes the folders.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
        {
            await process.DisposeAsync();
        }

        _folders.Dispose();
    }

    private async Task<MeshProcess> ReadyAsync(MeshProcess process, CancellationToken cancellationToken)
    {
        _processes.Add(process);
        await process.WaitForErrorAsync(
            line => line.StartsWith("ready", StringComparison.Ordinal), cancellationToken);
        return process;
    }
}
