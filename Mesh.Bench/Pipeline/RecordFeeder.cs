using System.Globalization;
using Mesh.Bench.Processes;
using Mesh.Core;
using Mesh.Core.Logs;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Bench.Pipeline;

/// <summary>Puts recorded steps into the rings of charts as fast as the node reads them and the viewers
/// follow.</summary>
internal sealed class RecordFeeder : IFeeder
{
    private const int StepsPerTurn = 8_192;
    private const int MinStepsPerChart = 8;

    private readonly SharedCounters _counters;
    private readonly int _viewers;
    private readonly BenchChart[] _charts;
    private readonly int[] _places;
    private readonly int _stepsPerChart;
    private NodeLog? _log;
    private long _fed;
    private int _nextChart;

    public RecordFeeder(SharedCounters counters, ChildSettings settings)
    {
        _counters = counters;
        _viewers = settings.Viewers;
        _charts = [.. Enumerable.Range(0, settings.Charts).Select(number => new BenchChart($"c{number}"))];
        _places = new int[_charts.Length];
        _stepsPerChart = Math.Clamp(StepsPerTurn / _charts.Length, MinStepsPerChart, StepRing.MaxCapacity);
    }

    public void Host(MeshNode node)
    {
        _log = node.Parts().Core.Publish!.Log;
        foreach (var chart in _charts)
        {
            node.HostAsync(chart.Face).GetAwaiter().GetResult();
            ref var slot = ref chart.Ring.Begin();
            slot.Value = RecordedWalk.Start;
            slot.Value.Timestamp = TimeProvider.System.GetTimestamp();
            chart.Ring.Commit(ref slot, isTraced: true);
            _fed++;
        }
    }

    public TurnResult Turn()
    {
        if (_log is null || _counters.Limit <= _fed)
        {
            return TurnResult.Idle;
        }

        // Each chart has a record of its own before its steps.
        if ((long)_log.Spy.LastRecord < _fed + _charts.Length)
        {
            return TurnResult.More;
        }

        if (_fed - _counters.SeenByAll(_viewers) > _counters.Window)
        {
            return TurnResult.Waiting;
        }

        Feed(TimeProvider.System.GetTimestamp());
        _counters.Published = _fed;
        return TurnResult.More;
    }

    public string Answer(string[] words)
    {
        // The number of bytes and of records in the frames that are held.
        if (words[0] == "bytes")
        {
            var frames = _log!.Spy.Frames;
            _ = frames.TryGet(frames.First, out _, out var oldest);
            _ = frames.TryGet(frames.Last, out _, out var newest);
            var records = newest.FirstRecord + newest.Count - oldest.FirstRecord;
            return (frames.Bytes / (double)records).ToString(CultureInfo.InvariantCulture);
        }

        return ChildProcess.Done;
    }

    public long Digest() => _charts.Sum(chart => StepDigest.Of(chart.Ring, chart.Definition));

    public void Dispose()
    {
        // Nothing runs by itself.
    }

    private void Feed(long timestamp)
    {
        for (var left = StepsPerTurn; left >= _stepsPerChart; left -= _stepsPerChart)
        {
            Feed(_charts[_nextChart].Ring, ref _places[_nextChart], timestamp);
            _fed += _stepsPerChart;
            _nextChart = (_nextChart + 1) % _charts.Length;
            if (_nextChart == 0)
            {
                // A second helping in one turn might overflow a ring.
                return;
            }
        }
    }

    private void Feed(StepRing ring, ref int place, long timestamp)
    {
        var steps = RecordedWalk.Steps;
        for (var count = 0; count < _stepsPerChart; count++)
        {
            ref var slot = ref ring.Begin();
            slot.Value = steps[place];
            slot.Value.Timestamp = timestamp;
            ring.Commit(ref slot, RecordedWalk.IsTraced[place]);
            place = place + 1 < steps.Length ? place + 1 : 0;
        }
    }
}
