using System.Text;
using Mesh.Node.Output;

namespace Mesh.Tests.Fuzzing.Targets;

/// <summary>The text of a log that is to be drawn.</summary>
internal sealed class SequenceTarget : IFuzzTarget
{
    private const int MaxDrawnCharacters = 4_000;

    private string[] _lines = [];
    private int _length;
    private IReadOnlyList<SequenceDiagram> _diagrams = [];

    public string Name => "sequence";

    public IReadOnlyList<string> Words =>
    [
        "\n", "->", "e->", "()", ") ", "] [", "[", "]", "[+t] ", "\u001b[31m", "\u001b[", "\u001b", "\t", "\u202e", "é",
        "[2026-01-01 00:00:00.000001] [c] e->A() a->b\n", "[c] e->start_at() top->a\n", "START", "9999-99-99",
        "\ud83d\ude42",
    ];

    public IReadOnlyList<byte[]> MakeCorpus(Random random)
    {
        const string log = """
            [2026-11-21 04:00:00.000001] [chart_pi] e->start_at() top->c1
            [2026-11-21 04:00:00.000002] [chart_pi] e->A() c1->c2
            [2026-11-21 04:00:00.000002] [chart_pi] e->B() c2->c2
            A:c2
            <- Queued:(0) Deferred:(0)
            [+t] [2026-11-21 04:00:00.000003] [other] e->start_at() top->outer
              [other] e->A() outer->inner

            """;
        var lines = log.Split('\n');
        return
        [
            Encoding.UTF8.GetBytes(log),
            .. lines.Select(Encoding.UTF8.GetBytes),
            Encoding.UTF8.GetBytes(string.Join('\n', lines.Reverse())),
        ];
    }

    public void Prepare(byte[] input)
    {
        var text = Encoding.UTF8.GetString(input);
        _length = text.Length;
        _lines = text.Split('\n');
        _diagrams = [];
    }

    public void Run() => _diagrams = SequenceDiagram.Parse(_lines, isNumbered: true);

    public string? Check()
    {
        // A drawing is as large as its columns times its rows, so only small ones are drawn here.
        var drawn = _length > MaxDrawnCharacters ? [] : _diagrams.SelectMany(diagram => diagram.Draw());
        return drawn.Any(line => line.Any(char.IsControl)) ? "a control character is drawn" : null;
    }

    public void Dispose()
    {
        // Holds nothing.
    }
}
