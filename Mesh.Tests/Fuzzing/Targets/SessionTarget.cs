using Mesh.Core.Wire;
using Mesh.Tests.Core.Wire;

namespace Mesh.Tests.Fuzzing.Targets;

/// <summary>Session messages behind true keys, in each state of a session that reads and is read.</summary>
internal sealed class SessionTarget : IFuzzTarget
{
    private const int OnWire = 1;

    // The cost of one is looked at, in the company of a few.
    private const int MaxMessages = 16;

    private static readonly int States = Enum.GetValues<SessionStage>().Length;

    private readonly SessionStageLab _lab = new();
    private readonly List<byte[]> _messages = [];
    private bool _isOnWire;

    public string Name => "session";

    public int SelectorBytes => 2;

    public IReadOnlyList<byte[]> MakeCorpus(Random random)
    {
        byte[][] messages =
        [
            .. SessionMessageCases.All.Select(codec => codec.Make(random)),
            .. SessionMessageCases.All.Select(codec => codec.Make(random)),
            .. _lab.PublisherMessages,
            .. _lab.ReaderMessages,
        ];
        var corpus = new List<byte[]>();
        for (var state = 0; state < States; state++)
        {
            corpus.AddRange(messages.Select(message => (byte[])[(byte)state, 0, .. message]));

            // A few in a row, as they are said.
            corpus.Add([(byte)state, 0, .. _lab.PublisherMessages.Take(4).SelectMany(message => message)]);
            corpus.Add([(byte)state, 0, .. _lab.ReaderMessages.SelectMany(message => message)]);
            _lab.Build((SessionStage)state);
            corpus.Add([(byte)state, OnWire, .. _lab.Seal(messages[random.Next(messages.Length)])]);
        }

        return corpus;
    }

    public void Prepare(byte[] input)
    {
        _lab.Build((SessionStage)(input.Length > 0 ? input[0] % States : 0));
        _messages.Clear();
        var payload = input.AsSpan(Math.Min(2, input.Length)).ToArray();
        _isOnWire = input.Length > 1 && input[1] % 2 == OnWire;
        if (_isOnWire)
        {
            _messages.Add(payload);
            return;
        }

        for (var rest = payload.AsSpan(); (!rest.IsEmpty && _messages.Count < MaxMessages) || _messages.Count == 0;)
        {
            var length = PackTree.LengthOf(rest);
            length = length == 0 ? rest.Length : length;
            _messages.Add(_lab.Seal(rest[..Math.Min(length, WireLimits.MaxSessionMessageBytes + 1)]));
            rest = rest[length..];
        }
    }

    public void Run()
    {
        foreach (var message in _messages)
        {
            _lab.Hear(message);
        }

        _lab.Poll();
    }

    // What came over the wire and opened has used a number up that the peer in the lab knows nothing of.
    public string? Check() => _isOnWire ? null : _lab.Check();

    public void Dispose() => _lab.Dispose();
}
