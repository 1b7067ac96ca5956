using System.Net;
using Mesh.Core;
using Mesh.Core.Transport;
using Mesh.Core.Transport.Memory;
using Mesh.Tests.Support;

namespace Mesh.Tests.Core.Hostile;

/// <summary>Whole nodes on a network in memory, under one clock that the test moves, with real folders.</summary>
/// <param name="seed">Equal seeds give equal networks.</param>
internal sealed class StillMesh(int seed = 1) : IAsyncDisposable
{
    private static readonly TimeSpan ShortStep = TimeSpan.FromMilliseconds(5);

    private readonly TemporaryFolder _folders = new(isInMemory: true);
    private readonly List<StillNode> _nodes = [];

    /// <summary>The network.</summary>
    public MemoryNetwork Network { get; } = new(new Random(seed), MemoryNetworkMode.Stepped);

    /// <summary>The clock of all.</summary>
    public ManualTimeProvider Time { get; } = new();

    /// <summary>Called before each step of the time.</summary>
    public Action? OnStep { get; set; }

    /// <summary>Adds a machine without a node.</summary>
    public MemoryHost AddHost(string name, string address) =>
        Network.AddHost(name).Attach("eth0", "lan", IPAddress.Parse(address), 24);

    /// <summary>Adds a machine with a node.</summary>
    public StillNode Add(string name, string address, Func<MeshOptions, MeshOptions>? change = null) =>
        Open(AddHost(name, address), OptionsOf(name, change));

    /// <summary>Adds a node with sockets and datagrams of the machine that the test runs on.</summary>
    public StillNode AddReal(
        string name, ITransport transport, IDatagramNetwork datagrams, Func<MeshOptions, MeshOptions> change)
    {
        var node = new StillNode(
            AddHost(name, "10.0.0.250"), Time, OptionsOf(name, change), (transport, datagrams));
        _nodes.Add(node);
        return node;
    }

    /// <summary>Ends the process of a node without a word, and starts it again on the same folder.</summary>
    public async Task<StillNode> RestartAsync(StillNode node)
    {
        _nodes.Remove(node);
        await node.DisposeAsync();
        Time.Advance(TimeSpan.FromMilliseconds(1));
        return Open(node.Host, node.Options);
    }

    /// <summary>Lets time pass in small steps, in which every node has its turns.</summary>
    /// <param name="length">How long.</param>
    /// <param name="step">Of what length; by default 5 ms.</param>
    public void Run(TimeSpan length, TimeSpan? step = null)
    {
        var by = step ?? ShortStep;
        for (var left = length; left > TimeSpan.Zero; left -= by)
        {
            OnStep?.Invoke();
            Time.Advance(by);
            Network.AdvanceTo(Network.Now + by);
            _nodes.ForEach(node => node.Turn());
        }
    }

    /// <summary>Lets time pass until something holds; false when it does not within ten seconds.</summary>
    public bool RunUntil(Func<bool> condition)
    {
        for (var left = TimeSpan.FromSeconds(10); left > TimeSpan.Zero && !condition(); left -= ShortStep)
        {
            Run(ShortStep);
        }

        return condition();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        _folders.Dispose();
    }

    private MeshOptions OptionsOf(string name, Func<MeshOptions, MeshOptions>? change)
    {
        var options = new MeshOptions { StateFolder = _folders[name], Name = name, Port = 21_750 };
        return change?.Invoke(options) ?? options;
    }

    private StillNode Open(MemoryHost host, MeshOptions options)
    {
        var node = new StillNode(host, Time, options);
        _nodes.Add(node);
        return node;
    }
}
