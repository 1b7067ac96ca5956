using Mesh.Core.Foreign;
using Mesh.Core.Logs;

namespace Mesh.Tests.Fuzzing.Targets;

/// <summary>Signed frames of a publisher that lies, down to the charts of the view and their text.</summary>
internal sealed class ViewTarget : IFuzzTarget
{
    private const int Listening = 1;

    private readonly FuzzPublisher _publisher = new();
    private readonly FrameLab _lab;
    private MeshView _view = null!;
    private LogClient _client = null!;
    private byte[] _frame = [];

    public ViewTarget() => _lab = new FrameLab(_publisher);

    public string Name => "view";

    public int SelectorBytes => 1;

    public int BytesPerInputByte => FuzzLimits.BytesPerViewByte;

    public IReadOnlyList<byte[]> MakeCorpus(Random random) =>
    [
        .. _publisher.Plaintexts.Select(records => (byte[])[0, .. records]),
        .. _publisher.Plaintexts.Select(records => (byte[])[Listening, .. records]),
        .. FrameLab.RandomPlaintexts(random).Select(records => (byte[])[0, .. records]),
    ];

    public void Prepare(byte[] input)
    {
        _client?.Dispose();
        _view = new MeshView();
        foreach (var definition in _publisher.Definitions)
        {
            _ = _view.Definitions.TryAdd(
                DefinitionHash.Read(definition.Hash.Span), definition.CanonicalBytes.Span, out _);
        }

        _client = _lab.MakeClient(_view.AddPeer(_publisher.Identity.Id, "liar"));
        if (input.Length > 0 && (input[0] & Listening) != 0)
        {
            _view.Stepped += (_, _) => { };
        }

        var payload = input.AsSpan(Math.Min(1, input.Length)).ToArray();
        _frame = _publisher.Seal(payload, 1, FuzzPublisher.CountOf(payload));
    }

    public void Run()
    {
        _ = _client.OnPublished(_publisher.Log.Spy.Topic, _frame, _publisher.Now);
        _client.Tick(_publisher.Now);
    }

    public string? Check()
    {
        foreach (var chart in _view.Charts())
        {
            _ = (chart.Spy(), chart.Trace(), chart.Steps(), chart.StateName, chart.Gaps, chart.ToString());
        }

        return _view.LastFailure?.ToString();
    }

    public void Dispose()
    {
        _client?.Dispose();
        _publisher.Dispose();
    }
}
