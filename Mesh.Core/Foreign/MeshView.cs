using Mesh.Core.Identity;
using Mesh.Core.Logs;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Core.Foreign;

/// <summary>All charts of all peers that this node reads, and what happens to them.</summary>
/// <remarks>
/// Any thread may look; the events are raised on the node's loop thread, in the order in which a peer did things, and
/// must be quick. One that throws is counted (<see cref="ListenerFailures"/>) and otherwise ignored. What peers call
/// themselves and their charts is untrusted text: escape it where it is shown.
/// </remarks>
public sealed class MeshView
{
    private readonly Lock _gate = new();
    private readonly List<PeerView> _peers = [];

    /// <summary>A chart is seen for the first time.</summary>
    public event Action<ForeignHsm>? ChartAppeared;

    /// <summary>A chart made a step; raised after the callbacks of the chart itself.</summary>
    public event Action<ForeignHsm, ForeignStep>? Stepped;

    /// <summary>Steps of a chart will never be seen.</summary>
    public event Action<ForeignHsm, StepGap>? StepsMissing;

    /// <summary>Records of a peer's lane will never be seen; what they told is not known.</summary>
    public event Action<NodeId, Gap>? RecordsMissing;

    /// <summary>A chart is over.</summary>
    public event Action<ForeignHsm>? ChartEnded;

    /// <summary>How often a listener threw.</summary>
    public long ListenerFailures { get; private set; }

    /// <summary>What a listener threw last.</summary>
    public Exception? LastFailure { get; private set; }

    /// <summary>The definitions that were read.</summary>
    internal DefinitionCache Definitions { get; } = new();

    /// <summary>What was not taken of the peers.</summary>
    internal ViewCounters Counters { get; } = new();

    /// <summary>True when somebody wants each step.</summary>
    internal bool HasStepListeners => Stepped is not null;

    /// <summary>All charts, ended ones that are still remembered included.</summary>
    /// <returns>A copy, by peers.</returns>
    public IReadOnlyList<ForeignHsm> Charts() => Find(ChartPattern.All);

    /// <summary>The charts that a pattern chooses.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <returns>A copy, by peers.</returns>
    public IReadOnlyList<ForeignHsm> Find(ChartPattern pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        PeerView[] peers;
        lock (_gate)
        {
            peers = [.. _peers];
        }

        return [.. peers.SelectMany(peer => peer.Charts()).Where(hsm => pattern.Matches(hsm.PeerName, hsm.Name))];
    }

    /// <summary>Gives the view of a peer: the sink of its log client.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="name">What it calls itself.</param>
    /// <returns>The view, which stays the same for the same peer.</returns>
    internal PeerView AddPeer(NodeId peer, string name)
    {
        lock (_gate)
        {
            var view = _peers.Find(candidate => candidate.Peer == peer);
            if (view is null)
            {
                view = new PeerView(this, peer);
                _peers.Add(view);
            }

            view.Name = name;
            return view;
        }
    }

    /// <summary>Forgets a peer and its charts.</summary>
    /// <param name="peer">The peer.</param>
    internal void RemovePeer(NodeId peer)
    {
        lock (_gate)
        {
            _ = _peers.RemoveAll(candidate => candidate.Peer == peer);
        }
    }

    /// <summary>Tells the listeners. The gate of the peer is not held.</summary>
    /// <param name="peer">The peer that it is about.</param>
    /// <param name="telling">What there is to tell.</param>
    internal void Tell(NodeId peer, in Telling telling)
    {
        try
        {
            switch (telling.Kind)
            {
                case TellingKind.Appeared:
                    ChartAppeared?.Invoke(telling.Hsm!);
                    break;
                case TellingKind.Step:
                    telling.Hsm!.Tell(telling.Step, telling.Notes, telling.Clock);
                    Stepped?.Invoke(telling.Hsm, telling.Hsm.ToStep(telling.Step, telling.Clock));
                    break;
                case TellingKind.Trace:
                    telling.Hsm!.Tell(TraceRecord.Of(telling.Step), telling.Clock);
                    Stepped?.Invoke(telling.Hsm, telling.Hsm.ToStep(telling.Step, telling.Clock));
                    break;
                case TellingKind.StepsMissing:
                    StepsMissing?.Invoke(telling.Hsm!, (StepGap)telling.Missing!);
                    break;
                case TellingKind.RecordsMissing:
                    RecordsMissing?.Invoke(peer, (Gap)telling.Missing!);
                    break;
                default:
                    ChartEnded?.Invoke(telling.Hsm!);
                    break;
            }
        }
        catch (Exception exception)
        {
            // A listener's fault must not stop the node, nor what the others hear.
            LastFailure = exception;
            ListenerFailures++;
        }
    }
}
