namespace Mesh.Statecharts.Instrumentation;

/// <summary>A trace line as it lies in the ring.</summary>
internal struct PackedTrace
{
    public ulong Number;
    public long Timestamp;
    public short Signal;
    public short From;
    public short To;

    /// <summary>The line as everybody sees it.</summary>
    public readonly TraceRecord Unpack() => new()
    {
        Number = Number,
        Timestamp = Timestamp,
        Signal = Signal,
        From = From,
        To = To,
    };
}
