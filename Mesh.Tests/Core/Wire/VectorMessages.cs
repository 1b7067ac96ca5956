using System.Net;
using Mesh.Core.Wire;
using Mesh.Core.Wire.Beacons;
using Mesh.Core.Wire.Handshake;
using Mesh.Core.Wire.MessagePack;
using Mesh.Core.Wire.Messages;

namespace Mesh.Tests.Core.Wire;

/// <summary>The values whose bytes are in <c>Vectors/mesh1-messages.json</c>.</summary>
internal static class VectorMessages
{
    internal delegate void Writer(ref MessageWriter writer);

    /// <summary>The name of a vector, the codec it belongs to, and the value.</summary>
    public static IReadOnlyDictionary<string, (string Codec, Writer Write)> All { get; } =
        new Dictionary<string, (string, Writer)>
        {
            ["Init"] = ("Init", (ref writer) => Init(1, 2, []).Write(ref writer)),
            ["InitWithInvite"] = ("Init", (ref writer) => Init(1, 1, Bytes(0xF0, 8)).Write(ref writer)),
            ["Resp"] = ("Resp", (ref writer) => new RespMessage { Noise = Bytes(2, 96) }.Write(ref writer)),
            ["Fin"] = ("Fin", (ref writer) => new FinMessage { Noise = Bytes(3, 80) }.Write(ref writer)),
            ["Nack"] = ("Nack", (ref writer) => new NackMessage(NackCode.Busy, 1, 3).Write(ref writer)),
            ["Sealed"] = ("Sealed", (ref writer) => new SealedMessage { Ciphertext = Bytes(4, 300) }.Write(ref writer)),
            ["HelloOfAnOwner"] = ("Hello", (ref writer) => Hello(InstanceKind.Owner, 1_234_567_890_123, ref writer)),
            ["HelloOfAGuest"] = ("Hello", (ref writer) => Hello(InstanceKind.Guest, 0, ref writer)),
            ["Welcome"] = ("Welcome", Welcome),
            ["WelcomeWithMeshKey"] = ("Welcome", WelcomeWithMeshKey),
            ["WelcomeWithMeshName"] = ("Welcome", WelcomeWithMeshName),
            ["Refuse"] = ("Refuse", Refuse),
            ["Ping"] = ("Ping", Ping),
            ["Pong"] = ("Pong", (ref writer) => new PongMessage(1, -2_147_483_649, long.MaxValue).Write(ref writer)),
            ["Bye"] = ("Bye", (ref writer) => new ByeMessage(RefuseCode.ShuttingDown, "").Write(ref writer)),
            ["Error"] = ("Error", Error),
            ["Credit"] = ("Credit", (ref writer) => new CreditMessage(262_144).Write(ref writer)),
            ["Rights"] = ("Rights", (ref writer) => new RightsMessage(3).Write(ref writer)),
            ["Attach"] = ("Attach", (ref writer) =>
                new AttachMessage(9, LaneKinds.Spy | LaneKinds.Trace).Write(ref writer)),
            ["Lanes"] = ("Lanes", Lanes),
            ["Grant"] = ("Grant", Grant),
            ["Keys"] = ("Keys", (ref writer) => new KeysMessage(1, 300, 2).Write(ref writer)),
            ["Fetch"] = ("Fetch", (ref writer) => new FetchMessage(10, 1, 300, 1, 128).Write(ref writer)),
            ["Frame"] = ("Frame", (ref writer) =>
                new FrameMessage { Request = 10, Frame = Bytes(10, 257) }.Write(ref writer)),
            ["Fetched"] = ("Fetched", (ref writer) => new FetchedMessage(10, 5, 90).Write(ref writer)),
            ["Snapshot"] = ("Snapshot", (ref writer) => new SnapshotMessage(11, 1).Write(ref writer)),
            ["Definition"] = ("Definition", (ref writer) =>
                new DefinitionMessage { Request = 12, Hash = Bytes(11, 32) }.Write(ref writer)),
            ["Chunk"] = ("Chunk", Chunk),
            ["Detach"] = ("Detach", (ref writer) => new DetachMessage(2).Write(ref writer)),
            ["Beacon"] = ("Beacon", Beacon),
        };

    /// <summary>Bytes that count up.</summary>
    public static byte[] Bytes(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(value => unchecked((byte)value))];

    private static InitMessage Init(byte minVersion, byte maxVersion, byte[] inviteId) => new()
    {
        MinVersion = minVersion,
        MaxVersion = maxVersion,
        InviteId = inviteId,
        Noise = Bytes(1, 48),
    };

    private static void Hello(InstanceKind kind, ulong incarnation, ref MessageWriter writer)
    {
        var hello = new HelloPayload
        {
            Version = 1,
            EdPublicKey = Bytes(5, 32),
            Instance = Bytes(6, 16),
            Kind = kind,
            Incarnation = incarnation,
        };
        hello.WriteSigned(ref writer);
        writer.WriteBinary(Bytes(7, 64));
    }

    private static void Welcome(ref MessageWriter writer) => new WelcomeMessage
    {
        Rights = 31,
        Name = "pi → küche",
        Limits = SessionLimits.Default,
        SessionPort = 21_750,
        FramePort = 21_751,
        Known = 7,
    }.Write(ref writer);

    private static void WelcomeWithMeshKey(ref MessageWriter writer) => new WelcomeMessage
    {
        Rights = 3,
        Name = "",
        Limits = SessionLimits.Default,
        SessionPort = 21_750,
        FramePort = 0,
        Known = 0,
        MeshKey = Bytes(8, 32),
    }.Write(ref writer);

    private static void WelcomeWithMeshName(ref MessageWriter writer) => new WelcomeMessage
    {
        Rights = 3,
        Name = "pi",
        Limits = SessionLimits.Default,
        SessionPort = 21_750,
        FramePort = 21_751,
        Known = 0,
        MeshName = "küche 7, second floor, behind the door",
    }.Write(ref writer);

    private static void Refuse(ref MessageWriter writer)
    {
        var message = new RefuseMessage(RefuseCode.Stale, 60_000, 1_234_567_890_123, "a later incarnation is known");
        message.Write(ref writer);
    }

    private static void Ping(ref MessageWriter writer)
    {
        LaneHead[] heads = [new(0, 5, 6, 7), new(65_535, ulong.MaxValue, 256, 65_536)];
        new PingMessage(uint.MaxValue, -1, heads).Write(ref writer);
    }

    private static void Error(ref MessageWriter writer)
    {
        var text = new string('x', 40);
        new ErrorMessage(70_000, SessionMessageType.Fetch, SessionErrorCode.Limit, text).Write(ref writer);
    }

    private static void Lanes(ref MessageWriter writer)
    {
        var empty = new LaneEntry
        {
            Lane = 1,
            Kind = LaneKinds.Spy,
            Topic = Topic.Read(Bytes(0x10, 16)),
            Incarnation = 300,
            FirstFrame = 1,
            LastFrame = 0,
            End = LaneEnd.Live,
        };
        var ended = new LaneEntry
        {
            Lane = 2,
            Kind = LaneKinds.Trace,
            Topic = Topic.Read(Bytes(0x20, 16)),
            Incarnation = 299,
            FirstFrame = 5,
            LastFrame = 90,
            End = LaneEnd.EndedClean,
        };
        new LanesMessage(9, [empty, ended]).Write(ref writer);
    }

    private static void Grant(ref MessageWriter writer) => new GrantMessage
    {
        Lane = 1,
        Incarnation = 300,
        Epoch = 2,
        Key = Bytes(9, 32),
        FirstFrame = 17,
    }.Write(ref writer);

    private static void Chunk(ref MessageWriter writer) => new ChunkMessage
    {
        Request = 12,
        TotalBytes = 1_000,
        Offset = 968,
        Bytes = Bytes(12, 32),
    }.Write(ref writer);

    private static void Beacon(ref MessageWriter writer)
    {
        var body = new BeaconBody
        {
            EdPublicKey = Bytes(13, 32),
            XPublicKey = Bytes(14, 32),
            Incarnation = 1_234_567_890_123,
            Sequence = 42,
            SessionPort = 21_750,
            FramePort = 21_751,
            PrivatePort = 40_000,
            Endpoints =
            [
                new IPEndPoint(IPAddress.Parse("192.168.1.2"), 21_750),
                new IPEndPoint(IPAddress.Parse("fe80::1"), 21_750),
            ],
            Flags = BeaconFlags.Seek | BeaconFlags.AcceptsStrangers,
        };
        body.WriteSigned(ref writer);
        writer.WriteBinary(Bytes(15, 64));
    }
}
