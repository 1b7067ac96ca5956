using Mesh.Core.Foreign;
using Mesh.Core.Logs;
using Mesh.Statecharts.Hosting;
using Mesh.Tests.Core.Logs;
using Mesh.Tests.Statecharts.Oracle;

namespace Mesh.Tests.Core.Foreign;

/// <summary>Random charts on one node, and a view of them on another, with a scripted network between.</summary>
internal sealed class ViewWorld : IDisposable
{
    private static readonly string[] Signals = ["A", "B", "C", "D", "E", "F", "Q", "R", "Zz"];

    private readonly EventBus _bus = new();

    public ViewWorld(int seed, StartMode start = StartMode.History, FrameRingLimits? limits = null)
    {
        World = new LogWorld(seed, start, limits, id => View.AddPeer(id, "pi"));
        World.OnTurn = _ => Act();
    }

    public MeshView View { get; } = new();

    public LogWorld World { get; }

    /// <summary>The charts, by name.</summary>
    public Dictionary<string, ChartHost<BoundContext>> Hosts { get; } = [];

    /// <summary>
    /// The live output of each chart: <c>T</c> before a line of the trace, <c>S</c> before one of the spy.
    /// </summary>
    public Dictionary<string, List<string>> Live { get; } = [];

    /// <summary>The same as the view heard it.</summary>
    public Dictionary<string, List<string>> Heard { get; } = [];

    public bool IsActing { get; set; } = true;

    private Random Random => World.Network.Random;

    /// <summary>Makes, publishes and starts a random chart.</summary>
    public uint Begin(string name)
    {
        var spec = CaseMaker.Make(Random, 0).Chart;
        var options = new HostOptions { Name = $"trace-{name}", Bus = _bus };
        var host = new ChartHost<BoundContext>(SpecBinder.Bind(spec), new BoundContext(), World.Time, options);
        Hosts[name] = host;
        Live[name] = [];
        host.RegisterLiveSpyCallback(line => Live[name].Add($"S{line}"));
        host.RegisterLiveTraceCallback(line => Live[name].Add($"T{line}"));
        host.LiveSpy = true;
        host.LiveTrace = true;
        var number = World.Publisher.Add(name, host);
        host.Start(spec.States[Random.Next(spec.States.Count)].Name);
        return number;
    }

    /// <summary>Lets every chart run some events.</summary>
    public void Act(int maxEvents = 4)
    {
        if (!IsActing)
        {
            return;
        }

        foreach (var host in Hosts.Values)
        {
            for (var count = Random.Next(maxEvents); count > 0; count--)
            {
                _ = host.PostFifo(SpecSignals.Of(Signals[Random.Next(Signals.Length)]));
            }

            _ = host.CompleteCircuit();
        }
    }

    /// <summary>Listens to every chart as it appears.</summary>
    public void Listen()
    {
        View.ChartAppeared += hsm =>
        {
            var lines = Heard[hsm.Name] = [];
            hsm.LiveSpy = line => lines.Add($"S{line}");
            hsm.LiveTrace = line => lines.Add($"T{line}");
        };
    }

    public ForeignHsm Hsm(string name) => View.Charts().Single(hsm => hsm.Name == name);

    /// <summary>Lets the charts rest and everything arrive.</summary>
    public void Settle(double milliseconds = 3_000)
    {
        IsActing = false;
        World.Run(milliseconds);
    }

    public void Dispose() => World.Dispose();
}
