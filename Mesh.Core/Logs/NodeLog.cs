using Mesh.Core.Wire.Messages;

namespace Mesh.Core.Logs;

/// <summary>
/// What this node publishes: the spy lane, the trace lane once somebody needs it, and who reads them.
/// </summary>
/// <remarks>
/// <code>
/// charts ──▶ ChartPublisher ──▶ NodeLog ─┬▶ LaneLog spy   ──▶ FrameRing, PUB
///                                        └▶ LaneLog trace ──▶ FrameRing, PUB
///                 sessions ──▶ LogServer ┘   (one for each session: grants, repair, history)
/// </code>
/// One thread (the loop) uses it.
/// </remarks>
internal sealed class NodeLog : IDisposable
{
    /// <summary>The number of the spy lane.</summary>
    public const ushort SpyLane = 1;

    /// <summary>The number of the trace lane.</summary>
    public const ushort TraceLane = 2;

    private readonly NodeLogSetup _setup;
    private readonly List<LaneLog> _lanes = [];
    private readonly List<LogServer> _servers = [];

    /// <summary>Makes the log of an incarnation, with an empty spy lane.</summary>
    /// <param name="setup">What it is made of.</param>
    public NodeLog(NodeLogSetup setup)
    {
        _setup = setup;
        Spy = new LaneLog(setup, SpyLane, LaneKinds.Spy);
        _lanes.Add(Spy);
    }

    /// <summary>The incarnation whose log it is.</summary>
    public ulong Incarnation => _setup.Incarnation;

    /// <summary>What readers asked for in vain.</summary>
    public RequestRefusals Refusals => _setup.Refusals;

    /// <summary>All lanes.</summary>
    public IReadOnlyList<LaneLog> Lanes => _lanes;

    /// <summary>The lane of everything.</summary>
    public LaneLog Spy { get; }

    /// <summary>The lane for readers with the trace right alone; null until the first of them.</summary>
    public LaneLog? Trace { get; private set; }

    /// <summary>The definitions of the charts in the log.</summary>
    public DefinitionShelf Definitions { get; } = new();

    /// <summary>Called when the trace lane is opened, to write into it what is remembered.</summary>
    public Action<LaneLog>? TraceOpened { get; set; }

    /// <summary>When the next frame is due; <see cref="TimeSpan.MaxValue"/> when no record waits.</summary>
    public TimeSpan NextDueAt
    {
        get
        {
            var next = TimeSpan.MaxValue;
            foreach (var lane in _lanes)
            {
                next = lane.DueAt < next ? lane.DueAt : next;
            }

            return next;
        }
    }

    /// <summary>Finds a lane.</summary>
    /// <param name="number">Its number, untrusted.</param>
    /// <param name="incarnation">Its incarnation, untrusted.</param>
    /// <param name="lane">The lane.</param>
    /// <returns>False when this log has no such lane.</returns>
    public bool TryFind(ushort number, ulong incarnation, out LaneLog lane)
    {
        lane = number == TraceLane && Trace is not null ? Trace : Spy;
        return lane.Lane == number && incarnation == Incarnation;
    }

    /// <summary>Gives the trace lane, and opens it when it is the first time.</summary>
    /// <returns>The lane.</returns>
    public LaneLog OpenTrace()
    {
        if (Trace is null)
        {
            Trace = new LaneLog(_setup, TraceLane, LaneKinds.Trace);
            _lanes.Add(Trace);
            TraceOpened?.Invoke(Trace);
        }

        return Trace;
    }

    /// <summary>Seals and sends the open frame of a lane.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="now">Monotonic time.</param>
    /// <param name="output">Where the frame goes.</param>
    /// <returns>False when no record waited.</returns>
    public bool Flush(LaneLog lane, TimeSpan now, IFrameOutput output)
    {
        if (!lane.Seal(now, out var frame))
        {
            return false;
        }

        output.Publish(lane.Topic, frame);
        if (lane.TryPlanEpoch(now, out var planned))
        {
            Announce(lane, planned);
        }

        return true;
    }

    /// <summary>
    /// Changes the keys of all lanes: a reader lost its right. To be called after its <see cref="LogServer"/> was told,
    /// and before the next frame.
    /// </summary>
    public void ReplaceEpochs()
    {
        foreach (var lane in _lanes)
        {
            Announce(lane, lane.ReplaceEpoch());
        }
    }

    /// <summary>Ends the log cleanly: sends what waits and tells the readers that no more will come.</summary>
    /// <param name="now">Monotonic time.</param>
    /// <param name="output">Where the last frames go.</param>
    public void End(TimeSpan now, IFrameOutput output)
    {
        foreach (var lane in _lanes)
        {
            _ = Flush(lane, now, output);
            lane.End = LaneEnd.EndedClean;
            foreach (var server in _servers)
            {
                server.OnLaneChanged(lane);
            }
        }
    }

    /// <summary>Destroys the keys of all lanes.</summary>
    public void Dispose()
    {
        foreach (var lane in _lanes)
        {
            lane.Dispose();
        }
    }

    /// <summary>Notes a session that reads.</summary>
    /// <param name="server">Its server.</param>
    internal void Add(LogServer server) => _servers.Add(server);

    /// <summary>Forgets a session.</summary>
    /// <param name="server">Its server.</param>
    internal void Remove(LogServer server) => _ = _servers.Remove(server);

    private void Announce(LaneLog lane, LaneEpoch epoch)
    {
        foreach (var server in _servers)
        {
            server.OnEpoch(lane, epoch);
        }
    }
}
