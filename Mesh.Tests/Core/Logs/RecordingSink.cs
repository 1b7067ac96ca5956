using Mesh.Core.Logs;
using Mesh.Core.Wire.Messages;
using Mesh.Core.Wire.Records;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Tests.Core.Logs;

/// <summary>Writes down what a log client hands on.</summary>
internal sealed class RecordingSink : IRecordSink
{
    public bool IsReady { get; set; } = true;

    /// <summary>Each record: incarnation, lane, number.</summary>
    public List<(ulong Incarnation, ushort Lane, ulong Record)> Records { get; } = [];

    /// <summary>Each step: incarnation, chart, number.</summary>
    public List<(ulong Incarnation, uint Chart, ulong Step)> Steps { get; } = [];

    public List<(uint Chart, ulong Step)> Traces { get; } = [];

    public List<string> Charts { get; } = [];

    public List<string> Names { get; } = [];

    public List<LostRecord> Lost { get; } = [];

    public List<uint> Ended { get; } = [];

    public List<Gap> Gaps { get; } = [];

    public List<(ulong Incarnation, ushort Lane, LaneEnd End)> LaneEnds { get; } = [];

    public List<(SnapshotHeader Header, bool WithConfiguration)> Snapshots { get; } = [];

    public List<(DefinitionHash Hash, ReadOnlyMemory<byte> Bytes)> Definitions { get; } = [];

    /// <summary>Definitions to ask for.</summary>
    public Queue<DefinitionHash> Wanted { get; } = new();

    public bool TryWantDefinition(out DefinitionHash hash) => Wanted.TryDequeue(out hash);

    public void OnChart(in RecordPlace place, in ChartRecord record)
    {
        Note(place);
        Charts.Add(record.Name.ToString());
    }

    public void OnStep(in RecordPlace place, uint chart, in StepRecord step, ReadOnlySpan<byte> notes)
    {
        Note(place);
        Steps.Add((place.Incarnation, chart, step.Number));
    }

    public void OnName(in RecordPlace place, in NameRecord record)
    {
        Note(place);
        Names.Add(record.Text.ToString());
    }

    public void OnLost(in RecordPlace place, in LostRecord record)
    {
        Note(place);
        Lost.Add(record);
    }

    public void OnEnd(in RecordPlace place, in EndRecord record)
    {
        Note(place);
        Ended.Add(record.Chart);
    }

    public void OnTrace(in RecordPlace place, uint chart, in TraceRecord trace)
    {
        Note(place);
        Traces.Add((chart, trace.Number));
    }

    public void OnFrameEnd()
    {
    }

    public void OnSnapshot(ReadOnlySpan<byte> snapshot, bool withConfiguration)
    {
        if (SnapshotReader.TryOpen(snapshot, out var reader))
        {
            Snapshots.Add((reader.Header, withConfiguration));
        }
    }

    public void OnGap(in Gap gap) => Gaps.Add(gap);

    public void OnLaneEnded(ulong incarnation, ushort lane, LaneEnd end) => LaneEnds.Add((incarnation, lane, end));

    public void OnDefinition(DefinitionHash hash, ReadOnlyMemory<byte> canonicalBytes) =>
        Definitions.Add((hash, canonicalBytes));

    /// <summary>The numbers of the records of one lane, as they came.</summary>
    public IEnumerable<ulong> RecordsOf(ulong incarnation, ushort lane = NodeLog.SpyLane) => Records
        .Where(record => record.Incarnation == incarnation && record.Lane == lane)
        .Select(record => record.Record);

    private void Note(in RecordPlace place) => Records.Add((place.Incarnation, place.Lane, place.Record));
}
