using System.Security.Cryptography;
using Mesh.Core.Identity;
using Mesh.Core.Logs;
using Mesh.Core.Sealing;
using Mesh.Core.Wire;
using Mesh.Core.Wire.MessagePack;
using Mesh.Core.Wire.Messages;
using Mesh.Core.Wire.Records;
using Mesh.Statecharts.Instrumentation;
using Mesh.Tests.Support;

namespace Mesh.Tests.Core.Logs;

/// <summary>A publisher, a reader, and a scripted network between them.</summary>
internal sealed class LogWorld : IFrameOutput, IDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(4);
    private static readonly TimeSpan PushDelay = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(1);

    private readonly IPrimitives _primitives = PrimitivesProvider.Load();
    private readonly NodeIdentity _identity;
    private readonly FrameRingLimits _limits;
    private readonly IRecordSink _sink;
    private readonly Dictionary<uint, ulong> _steps = [];
    private readonly byte[] _room = new byte[64 * 1024];
    private ScriptedLink? _toReader;
    private ScriptedLink? _toPublisher;
    private TimeSpan _pushAt = TimeSpan.MaxValue;
    private TimeSpan _pingAt;

    public LogWorld(
        int seed,
        StartMode start = StartMode.History,
        FrameRingLimits? limits = null,
        Func<NodeId, IRecordSink>? makeSink = null)
    {
        Network = new ScriptedNetwork(seed);
        _limits = limits ?? new FrameRingLimits();
        _identity = NodeIdentity.FromSeed(_primitives, SHA256.HashData(BitConverter.GetBytes(seed)));
        _sink = makeSink?.Invoke(_identity.Id) ?? Sink;
        Anchor = WallAnchor.Of(Time);
        Log = MakeLog(1);
        Publisher = MakePublisher();
        Client = MakeClient(start);
        Network.At(Network.Now, OnBeat);
    }

    public ScriptedNetwork Network { get; }

    public RecordingSink Sink { get; } = new();

    /// <summary>The clock of the publisher's charts; moves with the network.</summary>
    public ManualTimeProvider Time { get; } = new();

    /// <summary>Ties that clock to the wall, once for all.</summary>
    public WallAnchor Anchor { get; }

    public NodeLog Log { get; private set; }

    /// <summary>Publishes charts, for tests that have some.</summary>
    public ChartPublisher Publisher { get; private set; }

    public LogServer? Server { get; private set; }

    public LogClient Client { get; private set; }

    /// <summary>True while published frames reach nobody.</summary>
    public bool IsMuted { get; set; }

    /// <summary>What the publisher wants to do every four milliseconds.</summary>
    public Action<TimeSpan>? OnTurn { get; set; }

    /// <summary>The frames that were published, as they were.</summary>
    public List<(Topic Topic, byte[] Frame)> Published { get; } = [];

    /// <summary>Changes a frame on its way; gives null to leave it.</summary>
    public Func<byte[], byte[]?>? Tamper { get; set; }

    public IEnumerable<byte[]> ReaderMessages => _toPublisher!.Sent;

    public IEnumerable<byte[]> PublisherMessages => _toReader!.Sent;

    /// <summary>The epoch that sealed the newest frame.</summary>
    public uint LastFrameEpoch
    {
        get
        {
            _ = Log.Spy.Frames.TryGet(Log.Spy.Frames.Last, out _, out var kept);
            return kept.Epoch;
        }
    }

    /// <summary>How many messages of a type the reader has sent in this session.</summary>
    public int SentByReader(SessionMessageType type) => ReaderMessages.Count(message => TypeOf(message) == type);

    /// <summary>How many messages of a type the publisher has sent in this session.</summary>
    public int SentByPublisher(SessionMessageType type) => PublisherMessages.Count(message => TypeOf(message) == type);

    /// <summary>Asks the publisher, past the client.</summary>
    public void Ask(AttachMessage message)
    {
        var writer = new MessageWriter(_room);
        message.Write(ref writer);
        _ = Server!.Handle(writer.Written, SessionMessageType.Attach);
    }

    /// <summary>Asks the publisher, past the client.</summary>
    public void Ask(FetchMessage message)
    {
        var writer = new MessageWriter(_room);
        message.Write(ref writer);
        _ = Server!.Handle(writer.Written, SessionMessageType.Fetch);
    }

    /// <summary>What the publisher refused last.</summary>
    public (uint Request, SessionErrorCode Code) LastError()
    {
        var last = PublisherMessages.Last(message => TypeOf(message) == SessionMessageType.Error);
        _ = ErrorMessage.TryRead(last, out var error);
        return (error.Request, error.Code);
    }

    public void Connect(LaneKinds allowed = LaneKinds.Spy | LaneKinds.Trace)
    {
        Cut();
        LogServer? server = null;
        _toReader = new ScriptedLink(Network, (message, now) => Client.Handle(message, TypeOf(message), now));
        _toPublisher = new ScriptedLink(Network, (message, _) => server!.Handle(message, TypeOf(message)));
        server = new LogServer(Log, _toReader, allowed);
        Server = server;
        Client.Attach(_toPublisher, allowed, Network.Now);
    }

    public void Cut()
    {
        _toReader?.Cut();
        _toPublisher?.Cut();
        Server?.Close();
        Client.Detach();
        _toReader = null;
        _toPublisher = null;
        Server = null;
    }

    /// <summary>The publisher's process ends without a word and a new one starts.</summary>
    public void Restart()
    {
        Cut();
        Log.Dispose();
        Log = MakeLog(Log.Incarnation + 1);
        Publisher = MakePublisher();
        _steps.Clear();
    }

    /// <summary>The reader's process ends and a new one starts.</summary>
    public void ReplaceReader(StartMode start)
    {
        Cut();
        Client.Dispose();
        Client = MakeClient(start);
    }

    public void Run(double milliseconds) => Network.Run(TimeSpan.FromMilliseconds(milliseconds));

    /// <summary>Writes that a chart begins.</summary>
    public void BeginChart(uint chart)
    {
        var record = new ChartRecord
        {
            Chart = chart,
            Name = $"chart{chart}",
            TraceName = $"trace{chart}",
            Hash = SHA256.HashData([(byte)chart]),
        };
        Require(Writer().TryWriteChart(record));
        Log.Spy.Image.Add(new ChartImage(
            chart, record.Name.ToString(), record.TraceName.ToString(), DefinitionHash.Read(record.Hash)));
        _steps[chart] = 0;
    }

    /// <summary>Writes steps of a chart.</summary>
    public void Step(uint chart, int count = 1, int noteBytes = 0)
    {
        for (var left = count; left > 0; left--)
        {
            var step = new StepRecord
            {
                Number = _steps[chart]++,
                Kind = StepKind.Step,
                Timestamp = Network.Now.Ticks,
                Outcome = StepOutcome.OfTransition(1),
                LeafBefore = 1,
                LeafAfter = 1,
                NoteBytes = noteBytes,
            };
            Require(Writer().TryWriteStep(chart, step, _room.AsSpan(0, noteBytes)));
            foreach (var image in Log.Spy.Image.Charts)
            {
                if (image.Chart == chart)
                {
                    image.OnStep(step);
                }
            }
        }
    }

    /// <summary>Seals what waits.</summary>
    public void Flush() => _ = Log.Flush(Log.Spy, Network.Now, this);

    public void Publish(Topic topic, ReadOnlySpan<byte> frame)
    {
        var copy = frame.ToArray();
        Published.Add((topic, copy));
        _pushAt = Network.Now + PushDelay;
        if (IsMuted)
        {
            return;
        }

        Network.Publish(now => Deliver(topic, copy, now));
    }

    public void Dispose()
    {
        Client.Dispose();
        Log.Dispose();
        _identity.Dispose();
    }

    internal static SessionMessageType TypeOf(byte[] message)
    {
        _ = SessionMessage.TryReadType(message, out var type);
        return type;
    }

    private NodeLog MakeLog(ulong incarnation) => new(new NodeLogSetup
    {
        Primitives = _primitives,
        Identity = _identity,
        Incarnation = incarnation,
        Scale = new TimestampScale(TimeSpan.TicksPerSecond),
        Limits = _limits,
    });

    private ChartPublisher MakePublisher() =>
        new(Log, new TimestampScale(Time.TimestampFrequency), new StepDoorbell(static () => { }));

    private LogClient MakeClient(StartMode start)
    {
        Span<byte> node = stackalloc byte[NodeId.SizeBytes];
        _identity.Id.Write(node);
        return new LogClient(new LogClientSetup
        {
            Primitives = _primitives,
            Peer = _identity.Id,
            Opener = new FrameOpener(_primitives, _identity.Signing.PublicKey, node),
            Sink = _sink,
            Start = start,
        });
    }

    private void Deliver(Topic topic, byte[] frame, TimeSpan now)
    {
        if (!Client.Topics.Contains(topic))
        {
            return;
        }

        if (Tamper?.Invoke(frame) is { } changed)
        {
            frame = changed;
        }

        _ = Client.OnPublished(topic, frame, now);
    }

    // A frame that is not full takes any record of the tests.
    private static void Require(bool isWritten)
    {
        if (!isWritten)
        {
            throw new InvalidOperationException("the record does not fit");
        }
    }

    private RecordWriter Writer()
    {
        if (Log.Spy.IsFull)
        {
            Flush();
        }

        var clock = Network.Now.Ticks / TimeSpan.TicksPerMicrosecond;
        return Log.Spy.Open(new FrameBase(1_700_000_000_000_000, 60, clock), Network.Now);
    }

    private void OnBeat(TimeSpan now)
    {
        Time.Advance(Beat);
        OnTurn?.Invoke(now);
        while (Publisher.Turn(Anchor, now, this))
        {
            // More than one turn's worth of frames.
        }

        _ = Publisher.Doorbell.TrySleep();
        foreach (var lane in Log.Lanes)
        {
            if (lane.DueAt <= now)
            {
                _ = Log.Flush(lane, now, this);
            }
        }

        if (Server is not null)
        {
            Pump(Server, now);
        }

        Client.Tick(now);
        if (Client.NextTickAt <= now)
        {
            throw new InvalidOperationException("a client that was given its turn wants another: a loop would spin");
        }

        Network.At(now + Beat, OnBeat);
    }

    // As a session does: bulk as far as it goes, a ping each second, and one 50 ms after the last frame.
    private void Pump(LogServer server, TimeSpan now)
    {
        for (var count = 0; count < 32 && server.TryProduce(_room, now, out var length); count++)
        {
            _toReader!.Send(_room.AsSpan(0, length));
        }

        if (_pingAt <= now || _pushAt <= now)
        {
            _pingAt = now + PingInterval;
            _pushAt = TimeSpan.MaxValue;
            var heads = server.Heads();
            Network.At(now + TimeSpan.FromMilliseconds(1), at => Client.OnHeads(heads, at));
        }
    }
}
