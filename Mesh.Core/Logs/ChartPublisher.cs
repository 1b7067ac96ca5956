using System.Diagnostics;
using Mesh.Core.Wire;
using Mesh.Core.Wire.Records;
using Mesh.Statecharts.Hosting;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Core.Logs;

/// <summary>Writes what this node's charts do into its log.</summary>
/// <remarks>
/// <code>
/// while (publisher.Turn(anchor, now, output)) { sockets and timers }
/// if (publisher.Doorbell.TrySleep()) { wait until woken or publisher.NextDueAt; publisher.Doorbell.Awake(); }
/// </code>
/// Charts are never held up: what they overwrite before it was read is written as lost. Used by the loop only.
/// </remarks>
internal sealed class ChartPublisher
{
    /// <summary>The most frames that one turn seals: then sockets and timers get theirs.</summary>
    public const int MaxFramesPerTurn = 4;

    private readonly NodeLog _log;
    private readonly ChartRecords _records;
    private readonly Dictionary<StepRing, PublishedChart> _charts = [];
    private readonly Queue<PublishedChart> _stalled = new();
    private uint _lastNumber;

    /// <summary>Makes a publisher without charts.</summary>
    /// <param name="log">Where the records go.</param>
    /// <param name="scale">The scale of the charts' stamps.</param>
    /// <param name="doorbell">What the charts ring; outlives publishers, because a chart may be ringing it now.</param>
    public ChartPublisher(NodeLog log, TimestampScale scale, StepDoorbell doorbell)
    {
        _log = log;
        _records = new ChartRecords(log, scale);
        Doorbell = doorbell;
        log.TraceOpened = OnTraceOpened;
    }

    /// <summary>Rings when a chart made steps; the loop asks it before it sleeps.</summary>
    public StepDoorbell Doorbell { get; }

    /// <summary>When the next frame is due; <see cref="TimeSpan.MaxValue"/> when no record waits.</summary>
    public TimeSpan NextDueAt => _log.NextDueAt;

    /// <summary>The charts that are published.</summary>
    public IReadOnlyCollection<PublishedChart> Charts => _charts.Values;

    /// <summary>Publishes a chart.</summary>
    /// <param name="name">What it is called on this node, at most 128 bytes of UTF-8.</param>
    /// <param name="chart">The chart.</param>
    /// <returns>The number of the instance.</returns>
    /// <exception cref="ArgumentException">The chart is not instrumented, or is published already.</exception>
    /// <exception cref="InvalidOperationException">Too many charts are published.</exception>
    public uint Add(string name, IHostedChart chart)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(chart);
        if (chart.Ring is not { } ring || _charts.ContainsKey(ring))
        {
            throw new ArgumentException($"Chart '{name}' is not instrumented or published already.", nameof(chart));
        }

        if (_charts.Count >= WireLimits.MaxSnapshotCharts)
        {
            throw new InvalidOperationException($"A node publishes at most {WireLimits.MaxSnapshotCharts} charts.");
        }

        var hash = DefinitionHash.Read(chart.Definition.Hash.Span);
        _log.Definitions.Add(hash, chart.Definition.CanonicalBytes);
        var image = new ChartImage(++_lastNumber, name, chart.Name, hash);
        var published = new PublishedChart(chart, ring, image);
        if (_log.Trace is not null)
        {
            published.Trace = new ChartProgress(image.CopyIdentity());
        }

        _charts.Add(ring, published);
        ring.Attach(Doorbell);
        return image.Chart;
    }

    /// <summary>Ends the publishing of a chart, after what it did so far.</summary>
    /// <param name="chart">The number of the instance.</param>
    /// <param name="reason">Why it ends.</param>
    /// <returns>False when no such chart is published.</returns>
    public bool End(uint chart, EndReason reason)
    {
        foreach (var published in _charts.Values)
        {
            if (published.Number == chart && !published.IsEnding)
            {
                published.IsEnding = true;
                published.EndReason = reason;
                Doorbell.Return(published.Ring);
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads what the charts did, writes it, and sends the frames that are due.</summary>
    /// <param name="anchor">Ties the charts' stamps to the wall clock.</param>
    /// <param name="now">Monotonic time.</param>
    /// <param name="output">Where frames go.</param>
    /// <returns>True when more is waiting to be written now.</returns>
    public bool Turn(in WallAnchor anchor, TimeSpan now, IFrameOutput output)
    {
        var sealedFrames = 0;
        while (true)
        {
            var isComplete = Fill(anchor, now);
            var flushed = Flush(now, isComplete, output);
            Debug.Assert(isComplete || flushed > 0, "what is full can be sealed");
            sealedFrames += flushed;
            if (isComplete || sealedFrames >= MaxFramesPerTurn)
            {
                return !isComplete;
            }
        }
    }

    // False when a lane is full before everything was read.
    private bool Fill(in WallAnchor anchor, TimeSpan now)
    {
        _records.Begin(anchor, now);
        for (var stalled = _stalled.Count; stalled > 0; stalled--)
        {
            if (!Drain(_stalled.Dequeue()))
            {
                return false;
            }
        }

        while (Doorbell.TryTake(out var ring))
        {
            if (_charts.TryGetValue(ring, out var chart) && !Drain(chart))
            {
                return false;
            }
        }

        return true;
    }

    private bool Drain(PublishedChart chart)
    {
        switch (_records.Write(chart))
        {
            case DrainResult.Empty when chart.IsEnding:
                return End(chart);
            case DrainResult.Empty:
                return true;
            case DrainResult.Enough:
                // Others first: a chart at full speed would never be read empty.
                Doorbell.Return(chart.Ring);
                return true;
            default:
                _stalled.Enqueue(chart);
                return false;
        }
    }

    private bool End(PublishedChart chart)
    {
        if (!_records.TryWriteEnd(chart))
        {
            _stalled.Enqueue(chart);
            return false;
        }

        chart.Ring.Attach(null);
        _ = _charts.Remove(chart.Ring);
        return true;
    }

    private int Flush(TimeSpan now, bool isComplete, IFrameOutput output)
    {
        var flushed = 0;
        foreach (var lane in _log.Lanes)
        {
            // When a lane had no room, the others lose little by going along.
            if ((!isComplete || lane.IsFull || lane.DueAt <= now) && _log.Flush(lane, now, output))
            {
                flushed++;
            }
        }

        return flushed;
    }

    private void OnTraceOpened(LaneLog lane)
    {
        foreach (var chart in _charts.Values)
        {
            chart.Trace = new ChartProgress(chart.Spy.Image.CopyIdentity()) { Next = chart.Ring.TraceOldest };
            Doorbell.Return(chart.Ring);
        }
    }
}
