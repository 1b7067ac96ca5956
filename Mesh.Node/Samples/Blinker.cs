using Mesh.Statecharts;
using Mesh.Statecharts.Hosting;

namespace Mesh.Node.Samples;

/// <summary>A lamp that goes on and off by a timed post.</summary>
/// <remarks>
/// <code>
/// ●──▶┌ Off ┐──Tick──▶┌ On ┐
///     └─────┘◀──Tick──└────┘     entering either posts Tick after one period
/// </code>
/// </remarks>
internal static class Blinker
{
    private static readonly Signal Tick = new("Tick");

    /// <summary>The chart; its data is how long the lamp stays as it is.</summary>
    public static Chart<BlinkerPeriod> Chart { get; } = Statecharts.Chart.Define<BlinkerPeriod>("blinker", chart =>
    {
        var off = chart.State("Off").Entry(Arm);
        var on = chart.State("On").Entry(Arm);
        off.On(Tick).Goto(on);
        on.On(Tick).Goto(off);
    });

    /// <summary>Starts a blinker.</summary>
    /// <param name="name">Its name in addresses.</param>
    /// <param name="settings">Its node and period.</param>
    /// <param name="time">Stamps the steps and fires the timed posts.</param>
    /// <returns>The running chart.</returns>
    public static SampleChart Start(string name, SampleSettings settings, TimeProvider time)
    {
        var options = new HostOptions { Name = $"blinker_{settings.NodeName}" };
        var chart = new ActiveObject<BlinkerPeriod>(Chart, new BlinkerPeriod(settings.Period), time, options);
        chart.Start();
        return new SampleChart(name, chart, chart);
    }

    private static void Arm(BlinkerPeriod period, IChart chart) =>
        chart.PostFifo(Tick, PostTiming.After(period.Length));
}
