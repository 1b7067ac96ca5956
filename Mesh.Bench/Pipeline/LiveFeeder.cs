using System.Diagnostics;
using System.Globalization;
using Mesh.Bench.Processes;
using Mesh.Core;

namespace Mesh.Bench.Pipeline;

/// <summary>Charts that dispatch events on a thread of their own, at a given rate or as fast as they can.</summary>
internal sealed class LiveFeeder : IFeeder
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    private readonly SharedCounters _counters;
    private readonly BenchChart[] _charts;
    private readonly Thread _thread;
    private long _rate;
    private volatile bool _isRunning;
    private volatile bool _isOver;

    public LiveFeeder(SharedCounters counters, ChildSettings settings)
    {
        _counters = counters;
        _charts = [.. Enumerable.Range(0, settings.Charts).Select(number => new BenchChart($"c{number}"))];
        _thread = new Thread(Drive) { IsBackground = true, Name = "charts" };
    }

    public void Host(MeshNode node)
    {
        foreach (var chart in _charts)
        {
            chart.Start();
            node.HostAsync(chart.Face).GetAwaiter().GetResult();
        }

        _counters.Published = _charts.Length;
        _thread.Start();
    }

    public TurnResult Turn() => TurnResult.Idle;

    public string Answer(string[] words)
    {
        switch (words[0])
        {
            case "rate":
                Interlocked.Exchange(ref _rate, long.Parse(words[1], CultureInfo.InvariantCulture));
                _isRunning = true;
                break;
            case "stop":
                _isRunning = false;
                break;
        }

        return ChildProcess.Done;
    }

    public long Digest() => _charts.Sum(chart => StepDigest.Of(chart.Ring, chart.Definition));

    public void Dispose()
    {
        _isOver = true;
        _thread.Join();
    }

    private void Drive()
    {
        long published = _charts.Length;
        while (!_isOver)
        {
            if (!_isRunning)
            {
                Thread.Sleep(Pause);
                continue;
            }

            published = DriveAt(Interlocked.Read(ref _rate), published);
        }
    }

    // Until told to stop: as many walks as are due, round the charts, then a pause. What was missed by more than some
    // milliseconds is not made up for in one burst, which no ring could hold.
    private long DriveAt(long rate, long published)
    {
        var (begin, done, next) = (Stopwatch.GetTimestamp(), 0L, 0);
        while (_isRunning && !_isOver)
        {
            var due = rate == 0 ? long.MaxValue : (long)(Stopwatch.GetElapsedTime(begin).TotalSeconds * rate);
            var burst = 0;
            while (done < due && burst++ < _charts.Length)
            {
                done += _charts[next].RunWalk(Stopwatch.GetTimestamp());
                next = next + 1 < _charts.Length ? next + 1 : 0;
            }

            _counters.Published = published + done;
            if (done >= due)
            {
                Thread.Sleep(Pause);
            }
        }

        return published + done;
    }
}
