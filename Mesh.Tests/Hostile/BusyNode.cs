using Mesh.Core;
using Mesh.Core.Logs;
using Mesh.Core.Trust;
using Mesh.Statecharts.Hosting;
using Mesh.Tests.Support;

namespace Mesh.Tests.Hostile;

/// <summary>A publisher in this process whose chart steps as fast as it can, with its readers.</summary>
internal sealed class BusyNode : IAsyncDisposable
{
    private readonly TemporaryFolder _folders = new();
    private readonly List<MeshNode> _readers = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly ActiveObject<object> _chart = ProducerChart.Start("busy", TimeProvider.System);
    private Task _driving = Task.CompletedTask;

    /// <summary>The publisher.</summary>
    public MeshNode Node { get; private set; } = null!;

    /// <summary>Starts it, without charts.</summary>
    public static async Task<BusyNode> StartAsync(EpochLimits epochs, CancellationToken cancellationToken)
    {
        var busy = new BusyNode();
        var platform = new MeshPlatform(TimeProvider.System) { Epochs = epochs };
        busy.Node = await MeshNode.StartAsync(busy.Options("publisher"), platform, cancellationToken);
        return busy;
    }

    /// <summary>Adds a reader that is trusted and watches.</summary>
    public async Task<BusyReader> AddReaderAsync(string name, CancellationToken cancellationToken)
    {
        var node = await MeshNode.StartAsync(
            Options(name), new MeshPlatform(TimeProvider.System), cancellationToken);
        _readers.Add(node);
        var code = await Node.InviteAsync(TimeSpan.FromMinutes(1), Rights.Watch, cancellationToken);
        _ = await node.JoinAsync(code, cancellationToken);
        var reader = new BusyReader(node);
        _ = await node.WatchAsync(null, cancellationToken);
        return reader;
    }

    /// <summary>Hosts the chart and lets it run.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await Node.HostAsync(_chart, "busy", cancellationToken);
        _driving = Task.Factory.StartNew(
            Drive, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _driving;
        foreach (var reader in _readers)
        {
            await reader.DisposeAsync();
        }

        await Node.DisposeAsync();
        await _chart.DisposeAsync();
        _folders.Dispose();
        _stop.Dispose();
    }

    // A full queue refuses; the next event has room again.
    private void Drive()
    {
        while (!_stop.IsCancellationRequested)
        {
            _ = _chart.PostFifo(ProducerChart.A);
        }
    }

    private MeshOptions Options(string name) =>
        new() { StateFolder = _folders[name], Name = name, Beacons = false };
}
