using Mesh.Core.Wire.Records;
using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Tests.Fuzzing.Targets;

/// <summary>One step of a peer's chart, or one of its trace, made into text.</summary>
internal sealed class StepTextTarget : IFuzzTarget
{
    private const int QueueLines = 1;

    private readonly ChartStepTable _table = new();
    private readonly List<string> _lines = [];
    private ChartDefinition[] _definitions = [];
    private ChartDefinition _definition = null!;
    private ChartNames _names = null!;
    private byte[] _plaintext = [];
    private string _trace = "";

    public string Name => "text";

    public int SelectorBytes => 1;

    public IReadOnlyList<byte[]> MakeCorpus(Random random)
    {
        using var publisher = new FuzzPublisher();
        _definitions = [.. publisher.Definitions];
        var corpus = new List<byte[]>();
        for (var chart = 0; chart < _definitions.Length; chart++)
        {
            corpus.AddRange(StepsOf(publisher, (uint)chart + 1).Select(step => (byte[])[(byte)chart, .. step]));
        }

        return corpus;
    }

    public void Prepare(byte[] input)
    {
        if (_definitions.Length == 0)
        {
            _ = MakeCorpus(new Random(0));
        }

        _plaintext = input.AsSpan(Math.Min(1, input.Length)).ToArray();
        _definition = _definitions[(input.Length > 0 ? input[0] : 0) % _definitions.Length];
        _names = new ChartNames(_definition);
        _ = _names.Signals.TrySet(_definition.Signals.Count, "FOREIGN");
        _lines.Clear();
        _lines.Capacity = SpyText.MaxStepLines + 1;
        _trace = "";
    }

    public void Run()
    {
        var reader = new RecordReader(_plaintext, FuzzPublisher.CountOf(_plaintext), _table);
        while (reader.TryRead(out var kind))
        {
            var anchor = new WallAnchor();
            switch (kind)
            {
                case RecordKind.Step:
                    SpyText.Expand(_definition, reader.Step, reader.Notes, _names, _lines);
                    _trace = TraceText.Format(_definition, TraceRecord.Of(reader.Step), _names, "chart", anchor);
                    return;
                case RecordKind.Trace:
                    _trace = TraceText.Format(_definition, reader.Trace, _names, "chart", anchor);
                    return;
            }
        }
    }

    public string? Check() => _lines.Count > SpyText.MaxStepLines + QueueLines ? $"{_lines.Count} lines of a step"
        : _lines.Contains(null!) || _trace.Contains('\n') ? "a line that is none"
        : null;

    public void Dispose()
    {
        // Holds nothing.
    }

    // Each step alone in a frame of its own.
    private List<byte[]> StepsOf(FuzzPublisher publisher, uint chart)
    {
        var steps = new List<byte[]>();
        var buffer = new byte[64 * 1024];
        var writer = new RecordWriter(new TimestampScale(1_000_000));
        foreach (var plaintext in publisher.Plaintexts)
        {
            var reader = new RecordReader(plaintext, FuzzPublisher.CountOf(plaintext), _table);
            while (reader.TryRead(out var kind))
            {
                if (kind == RecordKind.Step && reader.ChartNumber == chart)
                {
                    writer.Begin(buffer, reader.Base);
                    _ = writer.TryWriteStep(chart, reader.Step, reader.Notes);
                    steps.Add(writer.Finish().ToArray());
                }
            }
        }

        return steps;
    }
}
