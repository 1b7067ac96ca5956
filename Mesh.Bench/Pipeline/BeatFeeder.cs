using System.Diagnostics;
using System.Globalization;
using Mesh.Bench.Processes;
using Mesh.Core;

namespace Mesh.Bench.Pipeline;

/// <summary>A chart that makes a step now and then, and stamps when.</summary>
internal sealed class BeatFeeder(SharedCounters counters) : IFeeder
{
    private readonly BenchChart _chart = new("beat");
    private long _next;

    public void Host(MeshNode node)
    {
        _chart.Start();
        node.HostAsync(_chart.Face).GetAwaiter().GetResult();
        _next = 1;
        counters.Published = _next;
    }

    public TurnResult Turn() => TurnResult.Idle;

    public string Answer(string[] words)
    {
        var (count, period) = (
            int.Parse(words[1], CultureInfo.InvariantCulture), int.Parse(words[2], CultureInfo.InvariantCulture));
        for (var beat = 0; beat < count; beat++)
        {
            Thread.Sleep(period);
            var now = Stopwatch.GetTimestamp();
            counters.StampSent(_next, now);
            _chart.RunStep(_next, now);
            _next++;
        }

        counters.Published = _next;
        return (_next - count).ToString(CultureInfo.InvariantCulture);
    }

    public long Digest() => StepDigest.Of(_chart.Ring, _chart.Definition);

    public void Dispose()
    {
        // Nothing runs by itself.
    }
}
