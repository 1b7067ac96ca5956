using Mesh.Core.Logs;

namespace Mesh.Tests.Fuzzing.Targets;

/// <summary>Live frames at a reader: as they are, and sealed and signed by their publisher.</summary>
internal sealed class FrameTarget : IFuzzTarget
{
    /// <summary>The selector of inputs that are sealed and signed.</summary>
    public const byte Signed = 1;

    private const int Ways = 2;
    private const int CheckEvery = 16;

    private readonly FuzzPublisher _publisher = new();
    private readonly FrameLab _lab;
    private LogClient _client = null!;
    private byte[] _frame = [];
    private int _runs;

    public FrameTarget() => _lab = new FrameLab(_publisher);

    public string Name => "frame";

    public int SelectorBytes => 1;

    public IReadOnlyList<byte[]> MakeCorpus(Random random) =>
    [
        .. _publisher.Frames.Select(frame => (byte[])[0, .. frame]),
        .. _publisher.Plaintexts.Select(records => (byte[])[Signed, .. records]),
        .. FrameLab.RandomPlaintexts(random).Select(records => (byte[])[Signed, .. records]),
    ];

    public void Prepare(byte[] input)
    {
        _client?.Dispose();
        _client = _lab.MakeClient(_lab.Sink);
        var payload = input.AsSpan(Math.Min(1, input.Length)).ToArray();
        _frame = (input.Length > 0 ? input[0] % Ways : 0) == Signed
            ? _publisher.Seal(payload, 1, FuzzPublisher.CountOf(payload))
            : payload;
        _runs++;
    }

    public void Run()
    {
        _ = _client.OnPublished(_publisher.Log.Spy.Topic, _frame, _publisher.Now);
        _client.Tick(_publisher.Now);
    }

    public string? Check()
    {
        if (_runs % CheckEvery != 0)
        {
            return null;
        }

        // What comes behind is applied, whether frame 1 was or is asked for.
        foreach (var frame in _publisher.Frames)
        {
            _ = _client.OnPublished(_publisher.Log.Spy.Topic, frame, _publisher.Now);
        }

        return _client.IsUpToDate ? null : "the frames that follow do not bring the reader up to date";
    }

    public void Dispose()
    {
        _client?.Dispose();
        _publisher.Dispose();
    }
}
