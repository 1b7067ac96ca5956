using Mesh.Statecharts;
using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Hosting;

namespace Mesh.Node.Samples;

/// <summary>The producer of miros' networked example: B, A, A, once a second.</summary>
/// <remarks>
/// <code>
/// ┌ producer_outer ──────────── B ─┐
/// │  ●──▶┌ c1 ┐──A──▶┌ c2 ┐        │◀┘
/// │      └────┘◀──A──└────┘        │
/// └────────────────────────────────┘
/// </code>
/// </remarks>
internal static class Producer
{
    private static readonly Signal A = new("A");
    private static readonly Signal B = new("B");

    private static readonly string[] Round = [B.Name, A.Name, A.Name];

    /// <summary>The chart.</summary>
    public static Chart<Nothing> Chart { get; } = Statecharts.Chart.Define<Nothing>("producer", chart =>
    {
        chart.Style(ChartStyle.Factory);
        var outer = chart.State("producer_outer");
        var first = outer.State("c1");
        var second = outer.State("c2");

        // A miros factory gives the first of its states handlers for entry and exit.
        outer.Entry().Exit().Init(first).On(B).Goto(outer);
        first.On(A).Goto(second);
        second.On(A).Goto(first);
    });

    /// <summary>Starts a producer and what sends it events.</summary>
    /// <param name="name">Its name in addresses.</param>
    /// <param name="settings">Its node, and which events when.</param>
    /// <param name="time">Stamps the steps and drives the chart.</param>
    /// <returns>The running chart.</returns>
    public static SampleChart Start(string name, SampleSettings settings, TimeProvider time)
    {
        var options = new HostOptions { Name = $"producer_{settings.NodeName}" };
        var chart = new ActiveObject<Nothing>(Chart, Nothing.Value, time, options);
        chart.Start();
        return new SampleChart(name, chart, new EventDriver(chart, Events(settings), settings.Period, time));
    }

    private static IEnumerable<string> Events(SampleSettings settings)
    {
        if (settings.Events is { } once)
        {
            return once;
        }

        return Forever();
    }

    private static IEnumerable<string> Forever()
    {
        while (true)
        {
            foreach (var signal in Round)
            {
                yield return signal;
            }
        }
    }
}
