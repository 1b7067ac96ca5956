using System.Text;
using Mesh.Core;
using Mesh.Core.Control;
using Mesh.Core.Transport.Memory;
using Mesh.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mesh.Tests.Fuzzing.Targets;

/// <summary>Lines on the local socket of a running node.</summary>
internal sealed class ControlTarget : IFuzzTarget
{
    private const int MaxLines = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TemporaryFolder _folder = new();
    private readonly MeshNode _node;
    private readonly ControlServer _server;
    private byte[] _lines = [];
    private LineStream _stream = null!;

    public ControlTarget()
    {
        var host = new MemoryNetwork(new Random(1), MemoryNetworkMode.Threaded).AddHost("here");
        var platform = new MeshPlatform(TimeProvider.System) { MakeTransport = () => new MemoryTransport(host) };
        var options = new MeshOptions { StateFolder = _folder["pi"], Name = "pi", Beacons = false };
        _node = MeshNode.StartAsync(options, platform).GetAwaiter().GetResult();
        _server = new ControlServer(
            _folder["socket"], _node.AnswerAsync, TimeProvider.System, NullLogger<ControlServer>.Instance);
    }

    public string Name => "control";

    public IReadOnlyList<string> Words =>
    [
        "\n", "{", "}", "[", "]", "null", "\"", ":", ",", "1e999", "-1", "9223372036854775807", "\"peer\"",
        "\"rights\"",
        "\"timeToLiveMs\"", "\"code\"", "\"endpoint\"", "\"operation\"", "\"Block\"", "\"Forget\"", "\"Reject\"",
        "\\ud800",
        "\\u0000", "0", "all", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
    ];

    public IReadOnlyList<byte[]> MakeCorpus(Random random) =>
    [
        .. new[]
        {
            """{"operation":"Status"}""", """{"operation":"Peers"}""", """{"operation":"Accept","peer":"bob"}""",
            """{"operation":"Accept","peer":"bob","rights":"trace,spy"}""", """{"operation":"Reject","peer":"0123"}""",
            """{"operation":"Block","peer":"a"}""", """{"operation":"Forget","peer":"a"}""",
            """{"operation":"Add","endpoint":"127.0.0.1:21750"}""", """{"operation":"Add","endpoint":"[::1]:9"}""",
            """{"operation":"Invite","timeToLiveMs":600000,"rights":"trace"}""", """{"operation":"Invite"}""",
            """{"operation":"Join","code":"04HMA-SW9NF"}""", "{\"operation\":1}\n{\"operation\":\"Status\"}",
        }.Select(line => Encoding.UTF8.GetBytes(line + "\n")),
    ];

    public void Prepare(byte[] input)
    {
        _lines = FirstLines(input);
        _stream?.Dispose();
        _stream = new LineStream(_lines);
    }

    public void Run()
    {
        using var patience = new CancellationTokenSource(Patience);
        _server.ServeAsync(_stream, patience.Token).GetAwaiter().GetResult();
    }

    public string? Check()
    {
        if (_node.Ended.IsCompleted)
        {
            return $"the node has ended: {_node.Ended.Exception}";
        }

        // Each line that is not too long has an answer.
        var asked = _lines.Count(value => value == (byte)'\n');
        var answered = _stream.Written.Count(value => value == (byte)'\n');
        return asked == answered || _lines.Length > ControlServer.MaxLineBytes ? null
            : $"{asked} lines and {answered} answers";
    }

    // The cost of one line is looked at, in the company of a few.
    private static byte[] FirstLines(byte[] input)
    {
        var end = -1;
        for (var line = 0; line < MaxLines && end + 1 < input.Length; line++)
        {
            var next = input.AsSpan(end + 1).IndexOf((byte)'\n');
            end = next < 0 ? input.Length - 1 : end + 1 + next;
        }

        return input[..(end + 1)];
    }

    public void Dispose()
    {
        _stream?.Dispose();
        _node.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _folder.Dispose();
    }
}
