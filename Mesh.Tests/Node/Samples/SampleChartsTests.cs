using Mesh.Node.Samples;
using Mesh.Statecharts;
using Mesh.Statecharts.Hosting;
using Mesh.Tests.Support;
using NUnit.Framework;

namespace Mesh.Tests.Node.Samples;

/// <summary>What the samples do, by their whole spy.</summary>
public sealed class SampleChartsTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static readonly string[] StartAndB =
    [
        "START",
        "SEARCH_FOR_SUPER_SIGNAL:producer_outer",
        "ENTRY_SIGNAL:producer_outer",
        "INIT_SIGNAL:producer_outer",
        "SEARCH_FOR_SUPER_SIGNAL:c1",
        "ENTRY_SIGNAL:c1",
        "INIT_SIGNAL:c1",
        "<- Queued:(0) Deferred:(0)",
        "B:c1",
        "B:producer_outer",
        "EXIT_SIGNAL:c1",
        "EXIT_SIGNAL:producer_outer",
        "ENTRY_SIGNAL:producer_outer",
        "INIT_SIGNAL:producer_outer",
        "SEARCH_FOR_SUPER_SIGNAL:c1",
        "ENTRY_SIGNAL:c1",
        "INIT_SIGNAL:c1",
        "<- Queued:(0) Deferred:(0)",
    ];

    private static readonly string[] Blinks =
    [
        "START", "SEARCH_FOR_SUPER_SIGNAL:Off", "ENTRY_SIGNAL:Off", "INIT_SIGNAL:Off", "<- Queued:(0) Deferred:(0)",
        "Tick:Off", "SEARCH_FOR_SUPER_SIGNAL:On", "SEARCH_FOR_SUPER_SIGNAL:Off", "EXIT_SIGNAL:Off",
        "ENTRY_SIGNAL:On", "INIT_SIGNAL:On", "<- Queued:(0) Deferred:(0)",
        "Tick:On", "SEARCH_FOR_SUPER_SIGNAL:Off", "SEARCH_FOR_SUPER_SIGNAL:On", "EXIT_SIGNAL:On",
        "ENTRY_SIGNAL:Off", "INIT_SIGNAL:Off", "<- Queued:(0) Deferred:(0)",
    ];

    [Test, CancelAfter(10_000)]
    public async Task Producer_DoesWhatThatOfMirosDoes(CancellationToken cancellationToken)
    {
        var time = new ManualTimeProvider();
        var sample = Start("producer", ["B"], time);

        await AdvanceAsync(sample, time, 1, cancellationToken);

        var chart = (ActiveObject<Nothing>)sample.Chart;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(chart.Spy(), Is.EqualTo(StartAndB));
            Assert.That(Lines(chart.Trace()), Is.EqualTo(
                new[] { "[producer_pi] e->start_at() top->c1", "[producer_pi] e->B() c1->c1" }));
        }

        await sample.Ending.DisposeAsync();
    }

    [Test, CancelAfter(10_000)]
    public async Task Producer_DrivesItselfWithBAA_OverAndOver(CancellationToken cancellationToken)
    {
        var time = new ManualTimeProvider();
        var sample = Start("producer", null, time);

        await AdvanceAsync(sample, time, 7, cancellationToken);

        var events = Lines(((ActiveObject<Nothing>)sample.Chart).Trace()).Skip(1).Select(line => line.Split(' ')[1]);
        Assert.That(events, Is.EqualTo(
            new[] { "e->B()", "e->A()", "e->A()", "e->B()", "e->A()", "e->A()", "e->B()" }));
        await sample.Ending.DisposeAsync();
    }

    [Test, CancelAfter(10_000)]
    public async Task Producer_RestsAfterItsEvents_WhenTheyWereGiven(CancellationToken cancellationToken)
    {
        var time = new ManualTimeProvider();
        var sample = Start("producer", ["A", "Zz", "A"], time);

        await AdvanceAsync(sample, time, 3, cancellationToken);
        time.Advance(10 * Second);

        var chart = (ActiveObject<Nothing>)sample.Chart;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Lines(chart.Trace()), Has.Length.EqualTo(3));
            Assert.That(chart.Spy(), Has.Exactly(1).EqualTo("Zz:producer_outer"));
        }

        await sample.Ending.DisposeAsync();
    }

    [Test, CancelAfter(10_000)]
    public async Task Blinker_GoesOnAndOff_ByATimedPost(CancellationToken cancellationToken)
    {
        var time = new ManualTimeProvider();
        var sample = Start("blinker", null, time);

        await AdvanceAsync(sample, time, 2, cancellationToken);

        Assert.That(((ActiveObject<BlinkerPeriod>)sample.Chart).Spy(), Is.EqualTo(Blinks));
        await sample.Ending.DisposeAsync();
        Assert.That(sample.Chart.Status, Is.EqualTo(ChartStatus.Stopped));
    }

    private static SampleChart Start(string sample, string[]? events, TimeProvider time) =>
        SampleCharts.Start(new SampleChoice(sample, sample), new SampleSettings("pi", events, Second), time);

    // Each second brings an event, as long as there are some; the next comes when the chart has dealt with it.
    private static async Task AdvanceAsync(
        SampleChart sample, ManualTimeProvider time, int seconds, CancellationToken cancellationToken)
    {
        for (var second = 1; second <= seconds; second++)
        {
            time.Advance(Second);
            await Eventually.GetAsync(
                () => StepCount(sample), count => count == second + 1, cancellationToken);
        }
    }

    private static int StepCount(SampleChart sample) =>
        SpyOf(sample).Count(line => line.StartsWith("<- Queued", StringComparison.Ordinal));

    private static IReadOnlyList<string> SpyOf(SampleChart sample) => sample.Chart switch
    {
        ActiveObject<Nothing> chart => chart.Spy(),
        ActiveObject<BlinkerPeriod> chart => chart.Spy(),
        _ => [],
    };

    private static string[] Lines(string trace) =>
    [
        .. trace.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[(line.IndexOf(']') + 2)..]),
    ];
}
