namespace Mesh.Statecharts.Instrumentation;

/// <summary>A trace line as it lies in the ring.</summary>
internal struct PackedTrace
{
    public ulong Number;
    public long Timestamp;

    /// <summary>As in <see cref="PackedStep"/>.</summary>
    public ulong States;

    /// <summary>The line as everybody sees it.</summary>
    public readonly TraceRecord Unpack()
    {
        var (from, to) = PackedStep.Leaves(States);
        return new TraceRecord
        {
            Number = Number,
            Timestamp = Timestamp,
            Signal = PackedStep.Widen(States),
            From = from,
            To = to,
        };
    }
}
