using System.Net;
using Mesh.Core;
using Mesh.Core.Foreign;
using Mesh.Core.Identity;
using Mesh.Core.Runtime;
using Mesh.Core.Sessions;
using Mesh.Core.Transport;
using Mesh.Core.Transport.Memory;
using Mesh.Core.Trust;
using Mesh.Statecharts.Hosting;
using Mesh.Tests.Support;

namespace Mesh.Tests.Core.Hostile;

/// <summary>A whole node that does nothing by itself: the test gives it its turns and sees all it hears.</summary>
internal sealed class StillNode : IAsyncDisposable
{
    private const int MaxTurns = 1_000;

    private readonly List<(string Chart, ulong Incarnation, ulong Step)> _steps = [];
    private readonly ManualTimeProvider _time;

    /// <summary>Opens a node.</summary>
    /// <param name="host">Its machine.</param>
    /// <param name="time">Its clock.</param>
    /// <param name="options">How it takes part.</param>
    /// <param name="stack">Other sockets and datagrams than those of the machine.</param>
    public StillNode(
        MemoryHost host,
        ManualTimeProvider time,
        MeshOptions options,
        (ITransport Transport, IDatagramNetwork Datagrams)? stack = null)
    {
        _time = time;
        Host = host;
        Options = options;
        var began = time.GetTimestamp();
        Transport = new TappedTransport(
            stack?.Transport ?? host.CreateTransport(), () => time.GetElapsedTime(began));
        var platform = new MeshPlatform(time)
        {
            MakeTransport = () => Transport,
            Datagrams = stack?.Datagrams ?? host.Datagrams,
            MakeRandom = _ => new Random(1),
        };
        Node = MeshNode.Open(options, platform);
        Node.View.Stepped += (hsm, step) => _steps.Add((hsm.Name, hsm.Incarnation, step.Number));
        Node.View.RecordsMissing += (_, _) => Missing++;
        Node.View.StepsMissing += (_, _) => Missing++;
    }

    /// <summary>Its machine.</summary>
    public MemoryHost Host { get; }

    /// <summary>How it takes part.</summary>
    public MeshOptions Options { get; }

    /// <summary>The node.</summary>
    public MeshNode Node { get; }

    /// <summary>Its sockets.</summary>
    public TappedTransport Transport { get; }

    /// <summary>Its parts.</summary>
    public NodeParts Parts => Node.Parts;

    /// <summary>Its sessions.</summary>
    public SessionHub Hub => Parts.Core.Hub;

    /// <summary>Its time.</summary>
    public TimeSpan Now => Parts.Loop.Now;

    /// <summary>Where it listens.</summary>
    public IPEndPoint Address => new(Host.Address, Node.SessionPort);

    /// <summary>Every step that its view told of, in that order.</summary>
    public IReadOnlyList<(string Chart, ulong Incarnation, ulong Step)> Steps => _steps;

    /// <summary>How often its view told that something is missing.</summary>
    public long Missing { get; private set; }

    /// <summary>Every counter, as <c>meshnode status -o json</c> shows it.</summary>
    public IReadOnlyDictionary<string, long> Counters => Node.DescribeSelf().Counters;

    /// <summary>Decides about a node as a person does, and dials it if that is said.</summary>
    public void Accept(NodeId id, params IPEndPoint[] endpoints)
    {
        Parts.Trust.Store.Decide(id, TrustState.Accepted, Rights.Watch);
        Hub.AddPeer(id, endpoints, Now);
        Hub.TrustChanged(id, Now);
    }

    /// <summary>Watches everything.</summary>
    public void Watch() => Parts.Core.Watch.Want(ChartPattern.All, Hub.Sessions, Now);

    /// <summary>Publishes a chart that a test dispatches by hand.</summary>
    public ChartHost<object> HostChart(string name)
    {
        var chart = new ChartHost<object>(ProducerChart.Define(), new object(), _time, new HostOptions { Name = name });
        _ = Parts.Core.Publish!.Charts.Add(name, chart);
        chart.Start();
        return chart;
    }

    /// <summary>Gives the node turns until it wants none.</summary>
    public void Turn()
    {
        for (var count = 0; count < MaxTurns; count++)
        {
            var isReadable = Transport.Poll(TimeSpan.Zero);
            var hasMore = Parts.Core.Turn(Now);
            _ = Transport.Tend(Now);
            if (!isReadable && !hasMore && Parts.Core.Doorbell?.TrySleep() != false)
            {
                return;
            }
        }

        throw new InvalidOperationException("the node is never satisfied");
    }

    public ValueTask DisposeAsync() => Node.DisposeAsync();
}
