using System.Runtime.InteropServices;
using Mesh.Core.Wire;
using Mesh.Core.Wire.MessagePack;
using Mesh.Core.Wire.Records;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Core.Logs;

/// <summary>What the records of one chart amount to on one lane: its entry in a snapshot.</summary>
/// <param name="chart">The number of the instance.</param>
/// <param name="name">What the spy calls it.</param>
/// <param name="traceName">What the trace calls it.</param>
/// <param name="hash">Its definition.</param>
internal sealed class ChartImage(uint chart, string name, string traceName, DefinitionHash hash)
{
    private readonly List<SnapshotName> _names = [];
    private readonly byte[] _hash = hash.ToArray();
    private ulong _nextStep;
    private int _leaf = -1;
    private int _queued = StepRecord.NoQueues;
    private int _deferred;
    private bool _isFaulted;

    /// <summary>The number of the instance.</summary>
    public uint Chart { get; } = chart;

    /// <summary>What the spy calls it.</summary>
    public string Name { get; } = name;

    /// <summary>What the trace calls it; set before it is written for the first time.</summary>
    public string TraceName { get; set; } = traceName;

    /// <summary>The number of the record that said that it ended; 0 while it runs.</summary>
    public ulong EndedAt { get; set; }

    /// <summary>Makes the image of the same chart on another lane, on which nothing was written yet.</summary>
    /// <returns>The image.</returns>
    public ChartImage CopyIdentity() => new(Chart, Name, TraceName, hash);

    /// <summary>Takes a step that was written.</summary>
    /// <param name="step">The step.</param>
    public void OnStep(in StepRecord step)
    {
        _nextStep = step.Number + 1;
        _leaf = step.LeafAfter;
        _queued = step.Queued;
        _deferred = step.Deferred;
        _isFaulted |= step.Kind == StepKind.Fault;
    }

    /// <summary>Takes a trace line that was written.</summary>
    /// <param name="trace">The line.</param>
    public void OnTrace(in TraceRecord trace)
    {
        _nextStep = trace.Number + 1;
        _leaf = trace.To;
    }

    /// <summary>Takes a name that was written.</summary>
    /// <param name="record">The name.</param>
    public void OnName(in NameRecord record)
    {
        if (_names.Count < WireLimits.MaxSnapshotNames)
        {
            _names.Add(new SnapshotName(record.Kind, record.Number, record.Text.ToString()));
        }
    }

    /// <summary>Writes the entry of a snapshot.</summary>
    /// <param name="writer">Where to.</param>
    public void Write(ref MessageWriter writer)
    {
        new SnapshotChart
        {
            Chart = Chart,
            Name = Name,
            TraceName = TraceName,
            Hash = _hash,
            NextStep = _nextStep,
            Leaf = _leaf,
            States = (_isFaulted ? ChartStates.Faulted : 0) | (EndedAt != 0 ? ChartStates.Ended : 0),
            Queued = _queued,
            Deferred = _deferred,
            Names = CollectionsMarshal.AsSpan(_names),
        }.Write(ref writer);
    }
}
