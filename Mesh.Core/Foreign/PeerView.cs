using Mesh.Core.Identity;
using Mesh.Core.Logs;
using Mesh.Core.Wire;
using Mesh.Core.Wire.Messages;
using Mesh.Core.Wire.Records;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Core.Foreign;

/// <summary>The charts of one peer: takes the records of its log and keeps what they amount to.</summary>
/// <remarks>
/// <para>The loop adds. It enters the gate with the first record of a frame and leaves it with the last, or before a
/// callback, so that the millions of steps of a busy peer do not pay for a lock each. Readers on other threads wait for
/// a frame at most.</para>
/// <para>While a definition is on its way (<see cref="IsReady"/>), the rest of the frame is kept and what there is to
/// tell is told later, in order; the next frame waits.</para>
/// </remarks>
internal sealed partial class PeerView : IRecordSink
{
    private const long MaxChartBytes = 64L << 20;
    private const int MaxEnded = 1_024;

    // A publisher says what a chart is called before it says what it does, or in a snapshot; without either, few charts
    // are better than none.
    private const int MaxUnnamed = 256;

    // Of definitions; a node has few kinds of charts.
    private const int MaxAwaited = 64;

    // The charts of a busy peer take turns: finding one again costs no hashing.
    private const int RecentCount = 64;

    private readonly MeshView _view;
    private readonly Dictionary<(ulong Incarnation, uint Chart), ForeignHsm> _charts = [];
    private readonly Queue<ForeignHsm> _ended = new();
    private readonly List<DefinitionHash> _wanted = [];
    private readonly HashSet<DefinitionHash> _awaited = [];
    private readonly TellingQueue _held = new();
    private readonly ForeignHsm?[] _recent = new ForeignHsm?[RecentCount];
    private int _unnamed;
    private GapReason _gapReason = GapReason.Overwritten;
    private bool _isInside;
    private bool _isMoreAwaited;

    public PeerView(MeshView view, NodeId peer)
    {
        _view = view;
        Peer = peer;
    }

    /// <summary>Guards what other threads read of the charts.</summary>
    public Lock Gate { get; } = new();

    /// <summary>What the charts of the peer may still take.</summary>
    public ViewBudget Budget { get; } = new(MaxChartBytes);

    /// <summary>The peer.</summary>
    public NodeId Peer { get; }

    /// <summary>What the peer calls itself; untrusted.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>What was not taken, of this peer and the others of the view.</summary>
    public ViewCounters Counters => _view.Counters;

    /// <inheritdoc/>
    public bool IsReady => _awaited.Count == 0;

    /// <summary>The charts that are remembered. Any thread.</summary>
    /// <returns>A copy.</returns>
    public IReadOnlyList<ForeignHsm> Charts()
    {
        lock (Gate)
        {
            return [.. _charts.Values];
        }
    }

    /// <inheritdoc/>
    public bool TryWantDefinition(out DefinitionHash hash)
    {
        hash = default;
        if (_wanted.Count == 0)
        {
            return false;
        }

        hash = _wanted[^1];
        _wanted.RemoveAt(_wanted.Count - 1);
        return true;
    }

    /// <inheritdoc/>
    public void OnStep(in RecordPlace place, uint chart, in StepRecord step, ReadOnlySpan<byte> notes)
    {
        Enter();
        if (FindOrMake(place.Incarnation, chart, isNamed: false) is not { } hsm)
        {
            Counters.DroppedSteps++;
            return;
        }

        if (hsm.Knows(step.Number))
        {
            // Told before: by the trace lane, which the spy lane replaces when the right is given later.
            return;
        }

        var clock = FrameClock.Of(place.Base);
        if (hsm.Add(step, notes, clock, _gapReason) is { } gap)
        {
            Tell(new Telling { Kind = TellingKind.StepsMissing, Hsm = hsm, Missing = gap });
        }

        if (IsHeard(hsm))
        {
            TellStep(hsm, step, notes, clock);
        }
    }

    /// <inheritdoc/>
    public void OnTrace(in RecordPlace place, uint chart, in TraceRecord trace)
    {
        Enter();
        if (FindOrMake(place.Incarnation, chart, isNamed: false) is not { } hsm)
        {
            Counters.DroppedSteps++;
            return;
        }

        if (hsm.Knows(trace.Number))
        {
            return;
        }

        var clock = FrameClock.Of(place.Base);
        hsm.Add(trace, clock);
        if (IsHeard(hsm))
        {
            Tell(new Telling { Kind = TellingKind.Trace, Hsm = hsm, Step = ForeignHsm.AsStep(trace), Clock = clock });
        }
    }

    /// <inheritdoc/>
    public void OnChart(in RecordPlace place, in ChartRecord record)
    {
        Enter();
        if (FindOrMake(place.Incarnation, record.Chart, isNamed: true) is { } hsm)
        {
            Identify(hsm, record.Name, record.TraceName, DefinitionHash.Read(record.Hash));
        }
    }

    /// <inheritdoc/>
    public void OnName(in RecordPlace place, in NameRecord record)
    {
        Enter();
        Find(place.Incarnation, record.Chart)?.AddName(record);
    }

    /// <inheritdoc/>
    public void OnLost(in RecordPlace place, in LostRecord record)
    {
        Enter();
        if (Find(place.Incarnation, record.Chart) is { } hsm && !hsm.Knows(record.ToStep))
        {
            var gap = hsm.Lose(record.FromStep, record.ToStep);
            Tell(new Telling { Kind = TellingKind.StepsMissing, Hsm = hsm, Missing = gap });
        }
    }

    /// <inheritdoc/>
    public void OnEnd(in RecordPlace place, in EndRecord record)
    {
        Enter();
        if (Find(place.Incarnation, record.Chart) is { } hsm)
        {
            Finish(hsm, record.Reason == EndReason.Stopped ? ForeignEnd.Stopped : ForeignEnd.FaultedHost);
        }
    }

    /// <inheritdoc/>
    public void OnFrameEnd() => Leave();

    /// <inheritdoc/>
    public void OnSnapshot(ReadOnlySpan<byte> snapshot, bool withConfiguration)
    {
        if (!SnapshotReader.TryOpen(snapshot, out var reader))
        {
            return;
        }

        Enter();
        _ = _charts.EnsureCapacity(Math.Min(_charts.Count + reader.Header.ChartCount, WireLimits.MaxSnapshotCharts));
        while (reader.TryRead(out var entry))
        {
            Enter();
            if (FindOrMake(reader.Header.Incarnation, entry.Chart, isNamed: true) is { } hsm)
            {
                Identify(hsm, entry.Name, entry.TraceName, DefinitionHash.Read(entry.Hash));
                Enter();
                foreach (var name in entry.Names.ReadFor(entry.Chart))
                {
                    hsm.AddName(name);
                }

                if (withConfiguration)
                {
                    Move(hsm, entry);
                }
            }
        }

        Leave();
    }

    /// <inheritdoc/>
    public void OnGap(in Gap gap)
    {
        _gapReason = gap.Reason;
        Tell(new Telling { Kind = TellingKind.RecordsMissing, Missing = gap });
        Leave();
    }

    /// <inheritdoc/>
    public void OnLaneEnded(ulong incarnation, ushort lane, LaneEnd end)
    {
        var reason = end == LaneEnd.EndedClean ? ForeignEnd.NodeStopped : ForeignEnd.NodeLost;
        foreach (var hsm in Charts())
        {
            if (hsm.Incarnation == incarnation)
            {
                Enter();
                Finish(hsm, reason);
            }
        }

        Leave();
    }

    /// <inheritdoc/>
    public void OnDefinition(DefinitionHash hash, ReadOnlyMemory<byte> canonicalBytes)
    {
        _ = _awaited.Remove(hash);
        if (!_view.Definitions.TryAdd(hash, canonicalBytes.Span, out var definition))
        {
            Counters.RefusedDefinitions++;
        }

        Enter();
        foreach (var hsm in _charts.Values)
        {
            if (hsm.Hash == hash && hsm.Definition is null)
            {
                hsm.Define(definition);
            }
        }

        if (_isMoreAwaited && _awaited.Count == 0)
        {
            AwaitMore();
        }

        Leave();
        while (IsReady && _held.TryDequeue(out var telling))
        {
            _view.Tell(Peer, telling);
        }
    }
}
