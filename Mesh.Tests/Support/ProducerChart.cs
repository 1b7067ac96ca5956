using Mesh.Statecharts;
using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Hosting;

namespace Mesh.Tests.Support;

/// <summary>The producer of miros' networked example, driven by hand.</summary>
internal static class ProducerChart
{
    public static readonly Signal A = new("A");
    public static readonly Signal B = new("B");

    /// <summary>The chart: producer_outer holds c1 and c2.</summary>
    public static Chart<object> Define() => Chart.Define<object>("producer", chart =>
    {
        chart.Style(ChartStyle.Factory).Start("producer_outer");
        var outer = chart.State("producer_outer").Init("c1").On(B).Goto("producer_outer");
        chart.State("c1", "producer_outer").On(A).Goto("c2");
        chart.State("c2", "producer_outer").On(A).Goto("c1");
        _ = outer;
    });

    /// <summary>A running producer.</summary>
    public static ActiveObject<object> Start(string name, TimeProvider timeProvider)
    {
        var producer = new ActiveObject<object>(
            Define(), new object(), timeProvider, new HostOptions { Name = name });
        producer.Start();
        return producer;
    }
}
