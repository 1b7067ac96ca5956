using Mesh.Core.Wire.Messages;
using Mesh.Core.Wire.Records;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Core.Logs;

/// <summary>
/// Takes what a peer's charts did: each record once, in order; what is missing as gaps at their places.
/// </summary>
/// <remarks>Called on the loop thread only. Spans live until the method returns.</remarks>
internal interface IRecordSink
{
    /// <summary>
    /// False while records must wait, because a definition is on its way. Records of the frame that is being applied
    /// still come; the next frame waits.
    /// </summary>
    bool IsReady { get; }

    /// <summary>Gives a definition to ask the peer for; the answer comes by <see cref="OnDefinition"/>.</summary>
    /// <param name="hash">Its hash.</param>
    /// <returns>False when none is wanted.</returns>
    bool TryWantDefinition(out DefinitionHash hash);

    /// <summary>A chart instance begins.</summary>
    /// <param name="place">Where the record stands.</param>
    /// <param name="record">The record.</param>
    void OnChart(in RecordPlace place, in ChartRecord record);

    /// <summary>A chart made a step.</summary>
    /// <param name="place">Where the record stands.</param>
    /// <param name="chart">The number of the instance.</param>
    /// <param name="step">The step; its stamp is in microseconds.</param>
    /// <param name="notes">Its notes, as recorded; untrusted.</param>
    void OnStep(in RecordPlace place, uint chart, in StepRecord step, ReadOnlySpan<byte> notes);

    /// <summary>A number outside the definition gets its text.</summary>
    /// <param name="place">Where the record stands.</param>
    /// <param name="record">The record.</param>
    void OnName(in RecordPlace place, in NameRecord record);

    /// <summary>Steps of a chart were overwritten before they were published.</summary>
    /// <param name="place">Where the record stands.</param>
    /// <param name="record">The record.</param>
    void OnLost(in RecordPlace place, in LostRecord record);

    /// <summary>A chart instance ended.</summary>
    /// <param name="place">Where the record stands.</param>
    /// <param name="record">The record.</param>
    void OnEnd(in RecordPlace place, in EndRecord record);

    /// <summary>A chart took a transition, on the trace lane.</summary>
    /// <param name="place">Where the record stands.</param>
    /// <param name="chart">The number of the instance.</param>
    /// <param name="trace">The line; its stamp is in microseconds.</param>
    void OnTrace(in RecordPlace place, uint chart, in TraceRecord trace);

    /// <summary>All records of a frame were given.</summary>
    void OnFrameEnd();

    /// <summary>What the charts are called and, if it counts, how they stand.</summary>
    /// <param name="snapshot">The whole snapshot; it was read to its end and is well-formed.</param>
    /// <param name="withConfiguration">
    /// False when only the names count, because the records before it are still to come.
    /// </param>
    void OnSnapshot(ReadOnlySpan<byte> snapshot, bool withConfiguration);

    /// <summary>Records are missing for good.</summary>
    /// <param name="gap">Which ones.</param>
    void OnGap(in Gap gap);

    /// <summary>A lane of an incarnation is over, and everything that could be had of it was given.</summary>
    /// <param name="incarnation">The incarnation.</param>
    /// <param name="lane">The lane.</param>
    /// <param name="end">Whether it ended cleanly.</param>
    void OnLaneEnded(ulong incarnation, ushort lane, LaneEnd end);

    /// <summary>A definition came that was asked for.</summary>
    /// <param name="hash">Its hash, checked.</param>
    /// <param name="canonicalBytes">The bytes; empty when the peer does not have it or did not answer in time.</param>
    void OnDefinition(DefinitionHash hash, ReadOnlyMemory<byte> canonicalBytes);
}
