using System.Security.Cryptography;
using Mesh.Core.Foreign;
using Mesh.Core.Identity;
using Mesh.Core.Logs;
using Mesh.Core.Wire.Records;
using Mesh.Node.Samples;
using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Tests.Node.Watching;

/// <summary>A view with producers of a node <c>pi</c>, whose records the test makes up.</summary>
internal sealed class ForeignWorld
{
    private static readonly ChartDefinition Definition = Producer.Chart.Definition;

    private readonly PeerView _peer;

    public ForeignWorld()
    {
        Span<byte> id = stackalloc byte[NodeId.SizeBytes];
        id.Fill(9);
        _peer = View.AddPeer(new NodeId(id), "pi");
    }

    public MeshView View { get; } = new();

    /// <summary>The id of the node as text.</summary>
    public string PeerId => _peer.Peer.ToString();

    /// <summary>A chart appears, with its definition.</summary>
    public void Appear(uint chart, string name)
    {
        _peer.OnChart(Place(), new ChartRecord
        {
            Chart = chart,
            Name = name,
            TraceName = $"{name}_pi",
            Hash = SHA256.HashData(Definition.CanonicalBytes.Span),
        });
        _peer.OnFrameEnd();
        while (_peer.TryWantDefinition(out var hash))
        {
            _peer.OnDefinition(hash, Definition.CanonicalBytes);
        }
    }

    /// <summary>The chart starts, in <c>c1</c>.</summary>
    public void Start(uint chart) => Tell(chart, new StepRecord
    {
        Kind = StepKind.Start,
        Signal = -1,
        Outcome = StepOutcome.OfStart(State("producer_outer")),
        LeafBefore = ChartDefinition.Top,
        LeafAfter = State("c1"),
    });

    /// <summary>The chart takes the transition for A.</summary>
    public void A(uint chart, ulong number, string from, string to) => Tell(chart, new StepRecord
    {
        Number = number,
        Kind = StepKind.Step,
        Timestamp = (long)number * 1_000,
        Signal = Signal("A"),
        Outcome = StepOutcome.OfTransition(TransitionOf(from)),
        LeafBefore = State(from),
        LeafAfter = State(to),
    });

    /// <summary>The chart ignores an event.</summary>
    public void Ignore(uint chart, ulong number, string state) => Tell(chart, new StepRecord
    {
        Number = number,
        Kind = StepKind.Step,
        Timestamp = (long)number * 1_000,
        Signal = Signal("A"),
        Outcome = StepOutcome.Ignored,
        LeafBefore = State(state),
        LeafAfter = State(state),
    });

    /// <summary>The chart is stopped.</summary>
    public void End(uint chart)
    {
        _peer.OnEnd(Place(), new EndRecord(chart, EndReason.Stopped));
        _peer.OnFrameEnd();
    }

    private static RecordPlace Place() => new()
    {
        Incarnation = 7,
        Lane = NodeLog.SpyLane,
        Base = new FrameBase(1_700_000_000_000_000, 60, 0),
    };

    private static int State(string name) =>
        Definition.TryFindState(name, out var state) ? state : throw new ArgumentException(name);

    private static int Signal(string name) =>
        Definition.TryFindSignal(name, out var signal) ? signal : throw new ArgumentException(name);

    private static int TransitionOf(string source) =>
        Definition.Transitions.ToList().FindIndex(transition => transition.Source == State(source));

    private void Tell(uint chart, in StepRecord step)
    {
        _peer.OnStep(Place(), chart, step, []);
        _peer.OnFrameEnd();
    }
}
