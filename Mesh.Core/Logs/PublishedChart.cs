using Mesh.Statecharts.Hosting;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Core.Logs;

/// <summary>
/// A hosted chart as the publisher sees it: how far it was read, and what it amounts to on each lane.
/// </summary>
/// <param name="source">The chart.</param>
/// <param name="ring">Its ring.</param>
/// <param name="image">Its image on the spy lane.</param>
internal sealed class PublishedChart(IHostedChart source, StepRing ring, ChartImage image)
{
    /// <summary>The chart.</summary>
    public IHostedChart Source { get; } = source;

    /// <summary>Its ring.</summary>
    public StepRing Ring { get; } = ring;

    /// <summary>The number of the instance.</summary>
    public uint Number => Spy.Image.Chart;

    /// <summary>How far the spy lane has come.</summary>
    public ChartProgress Spy { get; } = new(image);

    /// <summary>How far the trace lane has come; null while there is none.</summary>
    public ChartProgress? Trace { get; set; }

    /// <summary>True when the chart is to end once everything was read.</summary>
    public bool IsEnding { get; set; }

    /// <summary>Why it ends.</summary>
    public Wire.Records.EndReason EndReason { get; set; }
}
