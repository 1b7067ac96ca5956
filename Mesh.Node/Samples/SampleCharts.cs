using System.Diagnostics;
using Mesh.Statecharts.Scxml;

namespace Mesh.Node.Samples;

/// <summary>The charts that <c>sample:NAME</c> means.</summary>
internal static class SampleCharts
{
    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } = ["producer", "blinker"];

    /// <summary>Starts a sample.</summary>
    /// <param name="choice">Which, and its name.</param>
    /// <param name="settings">How it behaves.</param>
    /// <param name="time">Stamps the steps and drives the chart.</param>
    /// <returns>The running chart; the caller ends it.</returns>
    /// <exception cref="ScxmlException">The file of the chart is none.</exception>
    public static SampleChart Start(SampleChoice choice, SampleSettings settings, TimeProvider time) =>
        choice.Sample switch
        {
            "" => FileChart.Start(choice.Name, ScxmlFile.Load(choice.File!), time, settings.Bus),
            "producer" => Producer.Start(choice.Name, settings, time),
            "blinker" => Blinker.Start(choice.Name, settings, time),
            _ => throw new UnreachableException("only known samples are parsed"),
        };
}
