using Mesh.Statecharts.Hosting;
using Mesh.Statecharts.Scxml;

namespace Mesh.Node.Samples;

/// <summary>A chart that a file says.</summary>
internal static class FileChart
{
    /// <summary>Starts a chart.</summary>
    /// <param name="name">Its name in addresses, and in the trace unless the file has one.</param>
    /// <param name="file">The chart.</param>
    /// <param name="time">Stamps the steps and fires the timed posts.</param>
    /// <param name="bus">Brings what the charts of the node publish to those that subscribed.</param>
    /// <returns>The running chart.</returns>
    public static SampleChart Start(string name, ScxmlFile file, TimeProvider time, EventBus bus)
    {
        var options = file.HostOptions with { Name = file.TraceName ?? name, Bus = bus };
        var chart = new ActiveObject<ScxmlMemory>(file.Chart, file.CreateMemory(), time, options);
        chart.Start();
        return new SampleChart(name, chart, chart);
    }
}
