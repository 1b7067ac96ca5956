namespace Mesh.Core.Wire.Records;

/// <summary>What a relative step is relative to: the chart's previous step in the same frame.</summary>
internal struct ChartStep
{
    /// <summary>The number of the instance.</summary>
    public uint Chart;

    /// <summary>The frame that the entry belongs to; entries of earlier frames count as free.</summary>
    public uint Generation;

    /// <summary>The number of the previous step.</summary>
    public ulong Step;

    /// <summary>The time of the previous step, in the publisher's monotonic microseconds.</summary>
    public long Time;

    /// <summary>The state after the previous step.</summary>
    public int After;
}
