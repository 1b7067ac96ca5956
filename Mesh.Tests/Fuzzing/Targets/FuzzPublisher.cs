using System.Security.Cryptography;
using Mesh.Core.Identity;
using Mesh.Core.Logs;
using Mesh.Core.Sealing;
using Mesh.Core.Wire;
using Mesh.Core.Wire.MessagePack;
using Mesh.Core.Wire.Messages;
using Mesh.Core.Wire.Records;
using Mesh.Statecharts.Definition;
using Mesh.Statecharts.Hosting;
using Mesh.Statecharts.Instrumentation;
using Mesh.Tests.Statecharts.Oracle;
using Mesh.Tests.Support;

namespace Mesh.Tests.Fuzzing.Targets;

/// <summary>
/// A publisher whose keys a test knows: real charts, real records, real frames, and the same each time.
/// </summary>
internal sealed class FuzzPublisher : IFrameOutput, IMessageSink, IDisposable
{
    private const int Seed = 4_107;
    private const int ChartCount = 3;
    private const int Turns = 12;

    private static readonly string[] Signals = ["A", "B", "C", "D", "E", "F", "Q", "R", "Zz"];
    private static readonly TimeSpan Start = TimeSpan.FromHours(1);

    private readonly ManualTimeProvider _time = new();
    private readonly List<ChartDefinition> _definitions = [];
    private readonly List<byte[]> _frames = [];
    private readonly List<byte[]> _messages = [];
    private readonly byte[] _room = new byte[WireLimits.MaxFrameBytes + 1_024];
    private readonly FrameSealer _sealer;

    public FuzzPublisher()
    {
        Primitives = new SeededPrimitives(PrimitivesProvider.Load(), Seed);
        Identity = NodeIdentity.FromSeed(Primitives, SHA256.HashData("fuzz publisher"u8));
        var id = new byte[NodeId.SizeBytes];
        Identity.Id.Write(id);
        _sealer = new FrameSealer(Primitives, Identity.Signing, id);
        Log = new NodeLog(new NodeLogSetup
        {
            Primitives = Primitives,
            Identity = Identity,
            Incarnation = 7,
            Scale = new TimestampScale(_time.TimestampFrequency),
        });
        Opener = new FrameOpener(Primitives, Identity.Signing.PublicKey, id);
        RunCharts();
        Server = new LogServer(Log, this, LaneKinds.Spy | LaneKinds.Trace);
    }

    public SeededPrimitives Primitives { get; }

    public NodeIdentity Identity { get; }

    public NodeLog Log { get; }

    public FrameOpener Opener { get; }

    /// <summary>The time after the last frame.</summary>
    public TimeSpan Now { get; private set; } = Start;

    public IReadOnlyList<ChartDefinition> Definitions => _definitions;

    /// <summary>The frames of the spy lane, from 1.</summary>
    public IReadOnlyList<byte[]> Frames => _frames;

    private LogServer Server { get; }

    /// <summary>The plaintexts of the frames.</summary>
    public IReadOnlyList<byte[]> Plaintexts => [.. _frames.Select(frame =>
        Opener.Open(frame, Log.Spy.Epochs[0].Key, _room, out var length) == OpenResult.Opened
            ? _room[..length]
            : throw new InvalidOperationException("a frame of one's own does not open"))];

    /// <summary>What the publisher says to a reader that asks for its lane, its frames, a snapshot and more.</summary>
    /// <param name="request">Asks; with the requests numbered as a client numbers them.</param>
    public IReadOnlyList<byte[]> Answer(params byte[][] request)
    {
        _messages.Clear();
        foreach (var message in request)
        {
            _ = SessionMessage.TryReadType(message, out var type);
            _ = Server.Handle(message, type);
            while (Server.TryProduce(_room, Now, out var length))
            {
                _messages.Add(_room[..length]);
            }
        }

        return [.. _messages];
    }

    /// <summary>Seals and signs bytes as the records of a frame.</summary>
    /// <param name="plaintext">Any bytes of any number.</param>
    /// <param name="number">The number of the frame.</param>
    /// <param name="count">How many records the header counts.</param>
    public byte[] Seal(byte[] plaintext, ulong number, uint count)
    {
        var header = new FrameHeader
        {
            Lane = NodeLog.SpyLane,
            Incarnation = Log.Incarnation,
            Epoch = Log.Spy.Epochs[0].Number,
            FrameNumber = number,
            FirstRecord = number,
            RecordCount = Math.Clamp(count, 1, WireLimits.MaxFrameRecords),
        };
        var fitting = plaintext.AsSpan(0, Math.Min(plaintext.Length, WireLimits.MaxFramePlaintextBytes));
        return _room[.._sealer.Seal(Log.Spy.Epochs[0].Key, header, fitting, _room)];
    }

    /// <summary>How many records bytes begin by saying that they have.</summary>
    public static uint CountOf(ReadOnlySpan<byte> plaintext)
    {
        _ = new MessageReader(plaintext).TryReadArrayHeader(out var length);
        return (uint)Math.Max(0, length - 1);
    }

    /// <summary>Writes a message with a writer of its own.</summary>
    public static byte[] Encode(Writing write)
    {
        var writer = new MessageWriter(new byte[WireLimits.MaxSessionMessageBytes]);
        write(ref writer);
        return writer.Written.ToArray();
    }

    public void Publish(Topic topic, ReadOnlySpan<byte> frame) => _frames.Add(frame.ToArray());

    public void Send(ReadOnlySpan<byte> message) => _messages.Add(message.ToArray());

    public void Dispose()
    {
        Log.Dispose();
        Identity.Dispose();
    }

    private void RunCharts()
    {
        var random = new Random(Seed);
        var anchor = WallAnchor.Of(_time);
        var publisher = new ChartPublisher(
            Log, new TimestampScale(_time.TimestampFrequency), new StepDoorbell(static () => { }));
        var hosts = Enumerable.Range(0, ChartCount).Select(number => Begin(publisher, random, number)).ToList();
        for (var turn = 0; turn < Turns; turn++)
        {
            foreach (var host in hosts)
            {
                for (var count = random.Next(4); count > 0; count--)
                {
                    _ = host.PostFifo(SpecSignals.Of(Signals[random.Next(Signals.Length)]));
                }

                _ = host.CompleteCircuit();
            }

            Now += TimeSpan.FromMilliseconds(4);
            _time.Advance(TimeSpan.FromMilliseconds(4));
            while (publisher.Turn(anchor, Now, this))
            {
                // Until the rings are empty.
            }

            _ = Log.Flush(Log.Spy, Now, this);
        }
    }

    private ChartHost<BoundContext> Begin(ChartPublisher publisher, Random random, int number)
    {
        var spec = CaseMaker.Make(random, 0).Chart;
        var chart = SpecBinder.Bind(spec);
        _definitions.Add(chart.Definition);
        var host = new ChartHost<BoundContext>(
            chart, new BoundContext(), _time, new HostOptions { Name = $"trace{number}" });
        _ = publisher.Add($"chart{number}", host);
        host.Start(spec.States[random.Next(spec.States.Count)].Name);
        return host;
    }

    internal delegate void Writing(ref MessageWriter writer);
}
