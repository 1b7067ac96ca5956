using System.Text;
using Mesh.Core;
using Mesh.Core.Foreign;
using Mesh.Core.Trust;
using Mesh.Node.Commands;
using Mesh.Node.Hosting;
using Mesh.Node.Watching;

namespace Mesh.Tests.Fuzzing.Targets;

/// <summary>What people type in a command: patterns and addresses of charts, names, hosts, durations, rights.</summary>
internal sealed class AddressTarget : IFuzzTarget
{
    private const int MaxNameCharacters = 128;

    private string _text = "";
    private string _chart = "";
    private ChartPattern? _pattern;

    public string Name => "address";

    public IReadOnlyList<string> Words =>
        ["/", "+", "...", "..", "//", "[", "]", ":", "::", "ms", "h", "%", ",", "\u0000", "\u202e", "é", "1e9"];

    public IReadOnlyList<byte[]> MakeCorpus(Random random) =>
    [
        .. new[]
        {
            "pi/blinker", "pi/...", "+/blinker", "pi", "...", "a/b/c/d", "192.168.1.20:21750", "pi.local",
            "[::1]:21760",
            "500ms", "1.5s", "9999h", "trace,spy", "all", "admin",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    public void Prepare(byte[] input)
    {
        _text = Encoding.UTF8.GetString(input);
        _chart = _text[..Math.Min(_text.Length, MaxNameCharacters)];
    }

    public void Run()
    {
        _ = ChartPattern.TryParse(_text, out _pattern);
        _ = _pattern.Matches("pi", "blinker") | _pattern.MatchesNode("pi") | _pattern.Matches(Name, _chart);
        _ = ChartAddress.TryParse(_text);
        _ = NodeName.IsValid(_text);
        _ = HostAddress.TryParse(_text);
        _ = DurationOption.TryParse(_text, out _);
        _ = RightsText.TryParse(_text, out _);
    }

    public string? Check() => ChartPattern.TryParse(_text, out var pattern)
        && !ChartPattern.TryParse(pattern.ToString(), out _) ? "a pattern that is read cannot be written" : null;

    public void Dispose()
    {
        // Holds nothing.
    }
}
