using System.Buffers.Binary;
using System.Net;
using Mesh.Core.Identity;
using Mesh.Core.Sealing;
using Mesh.Core.Sessions;
using Mesh.Core.Transport;
using Mesh.Core.Wire.Handshake;
using Mesh.Core.Wire.Messages;
using Mesh.Tests.Core.Sessions;
using Mesh.Tests.Fuzzing.Targets;

namespace Mesh.Tests.Core.Hostile;

/// <summary>Somebody with true keys who speaks to a node over connections of their own, message by message.</summary>
/// <param name="node">The node.</param>
/// <param name="local">Who they say they are.</param>
internal sealed class Rogue(StillNode node, LocalNode local) : IDisposable
{
    private static int _connections;

    private readonly byte[] _presharedKey = node.Parts.Local.Key.PresharedKey.ToArray();
    private RoguePeer? _peer;
    private byte[] _routingId = [];
    private ulong _consumed;

    /// <summary>Where the connections come from.</summary>
    public IPAddress Source { get; set; } = IPAddress.Parse("10.0.0.9");

    /// <summary>What the node has said on the connections of attackers.</summary>
    public Queue<byte[]> Answers => Router.Said;

    private TappedSocket Router => node.Transport.Open(SocketKind.Router)[0];

    /// <summary>Makes one with keys of their own.</summary>
    public static Rogue Stranger(StillNode node) =>
        Guest(node, NodeIdentity.Create(PrimitivesProvider.Load()), InstanceKind.Owner);

    /// <summary>Makes one of several processes of an identity.</summary>
    public static Rogue Guest(StillNode node, NodeIdentity identity, InstanceKind kind = InstanceKind.Guest)
    {
        var primitives = PrimitivesProvider.Load();
        return new Rogue(node, new LocalNode
        {
            Identity = identity,
            Instance = InstanceId.Create(primitives),
            Kind = kind,
            Incarnation = kind == InstanceKind.Owner ? 1_000 : 0UL,
            Name = "rogue",
            Key = MeshKey.FromName(primitives, MeshKey.DefaultName),
            SessionPort = kind == InstanceKind.Owner ? (ushort)21_750 : (ushort)0,
            FramePort = kind == InstanceKind.Owner ? (ushort)21_751 : (ushort)0,
        });
    }

    /// <summary>The node id.</summary>
    public NodeId Id => local.Identity.Id;

    /// <summary>Opens a connection and writes the first message of a handshake.</summary>
    public byte[] WriteInit()
    {
        _peer?.Dispose();
        _peer = new RoguePeer(local, HandshakeRole.Initiator, _presharedKey, Interlocked.Increment(ref _connections));
        Connect();
        _consumed = 0;
        return _peer.WriteInit([]);
    }

    /// <summary>Opens another connection for what follows.</summary>
    public void Connect()
    {
        _routingId = new byte[9];
        BinaryPrimitives.WriteInt32BigEndian(_routingId, Interlocked.Increment(ref _connections));
        Router.Admit(_routingId);
        Answers.Clear();
    }

    /// <summary>Sends a message and lets the node take it.</summary>
    public void Send(byte[] message)
    {
        Router.Put(_routingId, Source, message);
        node.Turn();
    }

    /// <summary>Goes through the handshake up to the third message.</summary>
    /// <returns>The third message, not sent; null when the node does not answer.</returns>
    public byte[]? WriteFin()
    {
        Send(WriteInit());
        if (!Answers.TryDequeue(out var answer) || answer[1] != 0x11)
        {
            return null;
        }

        _peer!.ReadHello(answer);
        return _peer.WriteHello(null, isSigned: false);
    }

    /// <summary>Goes through the whole handshake.</summary>
    /// <returns>Whether the node answered.</returns>
    public bool ShakeHands()
    {
        var fin = WriteFin();
        if (fin is not null)
        {
            Send(fin);
        }

        return fin is not null;
    }

    /// <summary>Goes through the handshake and welcomes the node.</summary>
    public void Open()
    {
        if (ShakeHands())
        {
            Send(Seal(WriteWelcome()));
        }
    }

    /// <summary>Writes a first word in a session.</summary>
    public static byte[] WriteWelcome() => FuzzPublisher.Encode(
        static (ref writer) => SessionPair.WelcomeOf("rogue", Mesh.Core.Trust.Rights.Watch).Write(ref writer));

    /// <summary>Seals a session message with the true key, in the order of the session.</summary>
    public byte[] Seal(ReadOnlySpan<byte> plaintext) => _peer!.Seal(plaintext);

    /// <summary>Hears what the node has said in the session, and acknowledges it as it comes.</summary>
    /// <returns>Bytes of frames and chunks.</returns>
    public long Hear()
    {
        var before = _consumed;
        while (Answers.TryDequeue(out var answer))
        {
            var plaintext = _peer!.Open(answer);
            _ = SessionMessage.TryReadType(plaintext, out var type);
            _consumed += SessionMessage.IsBulk(type) ? (ulong)plaintext.Length : 0;
        }

        if (_consumed > before)
        {
            Say(FuzzPublisher.Encode(new CreditMessage(_consumed).Write));
        }

        return (long)(_consumed - before);
    }

    /// <summary>Says something in the session, which the node takes in a turn that it has later.</summary>
    public void Queue(ReadOnlySpan<byte> plaintext) => Router.Put(_routingId, Source, Seal(plaintext));

    /// <summary>Says something in the session.</summary>
    public void Say(ReadOnlySpan<byte> plaintext) => Send(Seal(plaintext));

    public void Dispose()
    {
        _peer?.Dispose();
        local.Identity.Dispose();
    }
}
