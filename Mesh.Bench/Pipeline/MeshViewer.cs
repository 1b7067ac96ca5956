using System.Diagnostics;
using System.Globalization;
using Mesh.Bench.Processes;
using Mesh.Core;
using Mesh.Core.Foreign;

namespace Mesh.Bench.Pipeline;

/// <summary>A node that watches, and tells how far its view has come.</summary>
internal sealed class MeshViewer : IChildRole
{
    private static readonly TimeSpan CountPeriod = TimeSpan.FromMilliseconds(1);

    private readonly SharedCounters _counters;
    private readonly ChildSettings _settings;
    private readonly MeshNode _node;
    private readonly Thread _counting;
    private ForeignHsm[] _charts = [];
    private long _missed;
    private volatile bool _isOver;

    public MeshViewer(ChildSettings settings)
    {
        _settings = settings;
        _counters = new SharedCounters(settings.Counters);
        _node = BenchNode.Start($"viewer{settings.Viewer}", settings, MeshLibraries.CreateTransport());
        _node.View.ChartAppeared += Add;
        _node.View.StepsMissing += (_, gap) => Miss((long)(gap.Before - (gap.After ?? 0)) - 1);
        _node.View.RecordsMissing += (_, _) => Miss(1);
        _node.WatchAsync().GetAwaiter().GetResult();
        _counting = new Thread(Count) { IsBackground = true, Name = "count" };
        _counting.Start();
    }

    public string Answer(string line) => line switch
    {
        "charts" => _charts.Length.ToString(CultureInfo.InvariantCulture),
        "digest" => _charts.Sum(StepDigest.Of).ToString(CultureInfo.InvariantCulture),
        "counters" => string.Join(
            ' ', _node.StatusAsync().GetAwaiter().GetResult().Counters.Where(counter => counter.Value != 0)),
        _ => ChildProcess.Done,
    };

    public void Dispose()
    {
        _isOver = true;
        _counting.Join();
        _node.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _counters.Dispose();
    }

    private void Add(ForeignHsm chart)
    {
        if (_settings.Feed == FeedKind.Beats)
        {
            chart.Stepped = step => _counters.StampArrived((long)step.Number, Stopwatch.GetTimestamp());
        }

        Volatile.Write(ref _charts, [.. _charts, chart]);
    }

    private void Miss(long count) => _counters.SetMissed(_settings.Viewer, _missed += count);

    private void Count()
    {
        while (!_isOver)
        {
            Thread.Sleep(CountPeriod);
            long seen = 0;
            foreach (var chart in Volatile.Read(ref _charts))
            {
                seen += chart.LastStep is { } last ? (long)last + 1 : 0;
            }

            _counters.SetSeen(_settings.Viewer, seen);
        }
    }
}
