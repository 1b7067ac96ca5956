namespace Mesh.Statecharts.Instrumentation;

/// <summary>A trace line as it lies in the ring.</summary>
internal readonly struct PackedTrace(in StepRecord record)
{
    private readonly ulong _number = record.Number;
    private readonly long _timestamp = record.Timestamp;
    private readonly short _signal = (short)record.Signal;
    private readonly short _from = (short)record.LeafBefore;
    private readonly short _to = (short)record.LeafAfter;

    public TraceRecord Unpack() => new()
    {
        Number = _number,
        Timestamp = _timestamp,
        Signal = _signal,
        From = _from,
        To = _to,
    };
}
