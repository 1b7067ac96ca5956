using System.Globalization;
using Mesh.Bench.Processes;
using Mesh.Core;
using Mesh.Core.Runtime;
using Mesh.Core.Wire.Records;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Bench.Pipeline;

/// <summary>
/// Publishes frames of one size, each with a few large steps: what the way of a frame costs without what is in it.
/// </summary>
internal sealed class FrameFeeder(SharedCounters counters, ChildSettings settings) : IFeeder
{
    private const int FramesPerTurn = 4;
    private const int StepOverheadBytes = 40;

    // What a frame has beside its steps: header, tag, signature, clocks.
    private const int FrameOverheadBytes = 190;

    private readonly BenchChart _chart = new("frames");
    private readonly byte[] _notes = new byte[NoteWriter.MaxBytes];
    private PublishPart? _part;
    private NodeLoop? _loop;
    private int _stepsPerFrame;
    private int _noteBytes;
    private long _frames;
    private ulong _nextStep = 1;

    public void Host(MeshNode node)
    {
        _loop = node.Parts().Loop;
        Resize(settings.MessageBytes);
        _chart.Start();
        node.HostAsync(_chart.Face).GetAwaiter().GetResult();
        _part = node.Parts().Core.Publish;
    }

    public TurnResult Turn()
    {
        if (_part is null || counters.Limit <= _frames || _part.Log.Spy.LastRecord == 0)
        {
            return TurnResult.Idle;
        }

        // The viewer counts steps.
        if (_frames - (counters.SeenByAll(1) / _stepsPerFrame) > counters.Window)
        {
            return TurnResult.Waiting;
        }

        for (var count = 0; count < FramesPerTurn; count++)
        {
            PublishFrame(_part, _loop!.Now);
        }

        counters.Published = (long)_nextStep;
        return TurnResult.More;
    }

    public string Answer(string[] words) => words[0] switch
    {
        // How many steps a frame has, and how large it is.
        "steps" => _stepsPerFrame.ToString(CultureInfo.InvariantCulture),
        "size" => FrameBytes().ToString(CultureInfo.InvariantCulture),
        _ => ChildProcess.Done,
    };

    public long Digest() => (long)_nextStep;

    public void Dispose()
    {
        // Nothing runs by itself.
    }

    private void Resize(int frameBytes)
    {
        _stepsPerFrame = 1 + (frameBytes / NoteWriter.MaxBytes);
        _noteBytes = ((frameBytes - FrameOverheadBytes) / _stepsPerFrame) - StepOverheadBytes;
    }

    private long FrameBytes()
    {
        var frames = _part!.Log.Spy.Frames;
        return frames.TryGet(frames.Last, out var frame, out _) ? frame.Length : 0;
    }

    private void PublishFrame(PublishPart part, TimeSpan now)
    {
        var lane = part.Log.Spy;
        var writer = lane.Open(new FrameBase(0, 0, 0), now);
        for (var count = 0; count < _stepsPerFrame; count++)
        {
            var step = new StepRecord
            {
                Number = _nextStep,
                Kind = StepKind.Step,
                Timestamp = (long)_nextStep,
                Outcome = StepOutcome.OfHook(1),
                LeafBefore = 1,
                LeafAfter = 1,
                NoteBytes = _noteBytes,
            };
            if (!writer.TryWriteStep(1, step, _notes.AsSpan(0, _noteBytes)))
            {
                throw new InvalidOperationException("the frame is smaller than its steps");
            }

            _nextStep++;
        }

        _ = part.Log.Flush(lane, now, part);
        _frames++;
    }
}
