using Mesh.Statecharts;
using Mesh.Statecharts.Hosting;
using Mesh.Tests.Support;

namespace Mesh.Tests.Statecharts.Snapshots;

/// <summary>Random things that happen to a chart, so that the same can happen to its twin.</summary>
internal sealed class TwinScript(Random random, Func<string> nextEvent)
{
    private const int MaxIds = 8;

    /// <summary>Whether there are timed posts; which of two comes first that are due at once is not promised when the
    /// other is a timer of a state.</summary>
    public bool IsTimed { get; init; } = true;

    /// <summary>The next thing that happens; what is random in it is drawn here.</summary>
    public Action<ChartHost<TContext>, ManualTimeProvider> Next<TContext>()
    {
        var posted = new Event(new Signal(nextEvent()), random.Next(3) == 0 ? null : random.Next(100));
        var duration = TimeSpan.FromMilliseconds(random.Next(1, 40) + (random.Next(3) * 0.3));
        var id = random.Next(1, MaxIds);
        var timing = new PostTiming(duration, random.Next(4), random.Next(2) == 0);
        return random.Next(16) switch
        {
            0 => (chart, _) => chart.PostLifo(posted),
            1 when IsTimed => (chart, _) => chart.PostFifo(posted, timing),
            2 when IsTimed => (chart, _) => chart.PostLifo(posted, timing),
            3 when IsTimed => (chart, _) => chart.Send(posted, duration, $"send {id}"),
            4 => (chart, _) => chart.CancelSend($"send {id}"),
            5 => (chart, _) => chart.CancelEvent(new TimedPostId(id)),
            6 => (chart, _) => chart.Defer(posted),
            7 => (chart, _) => chart.Recall(),
            8 => (chart, _) => chart.Publish(posted, id),
            9 => (chart, _) => chart.Subscribe(posted.Signal),
            10 => (chart, _) => chart.CompleteCircuit(),
            11 or 12 => (chart, _) => chart.NextRtc(),
            // Timers tick in whole milliseconds, and so does this clock.
            13 => (_, time) => time.Advance(TimeSpan.FromMilliseconds(Math.Ceiling(duration.TotalMilliseconds))),
            _ => (chart, _) => PostAndRun(chart, posted),
        };
    }

    private static void PostAndRun<TContext>(ChartHost<TContext> chart, Event posted)
    {
        chart.PostFifo(posted);
        chart.NextRtc();
    }
}
