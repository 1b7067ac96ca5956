using Mesh.Core.Logs;
using Mesh.Core.Wire.Messages;
using Mesh.Core.Wire.Records;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Tests.Core.Logs;

/// <summary>Counts steps and allocates nothing.</summary>
internal sealed class CountingSink : IRecordSink
{
    public bool IsReady => true;

    public int Steps { get; private set; }

    public bool TryWantDefinition(out DefinitionHash hash)
    {
        hash = default;
        return false;
    }

    public void OnChart(in RecordPlace place, in ChartRecord record)
    {
    }

    public void OnStep(in RecordPlace place, uint chart, in StepRecord step, ReadOnlySpan<byte> notes) => Steps++;

    public void OnName(in RecordPlace place, in NameRecord record)
    {
    }

    public void OnLost(in RecordPlace place, in LostRecord record)
    {
    }

    public void OnEnd(in RecordPlace place, in EndRecord record)
    {
    }

    public void OnTrace(in RecordPlace place, uint chart, in TraceRecord trace)
    {
    }

    public void OnFrameEnd()
    {
    }

    public void OnSnapshot(ReadOnlySpan<byte> snapshot, bool withConfiguration)
    {
    }

    public void OnGap(in Gap gap)
    {
    }

    public void OnLaneEnded(ulong incarnation, ushort lane, LaneEnd end)
    {
    }

    public void OnDefinition(DefinitionHash hash, ReadOnlyMemory<byte> canonicalBytes)
    {
    }
}
