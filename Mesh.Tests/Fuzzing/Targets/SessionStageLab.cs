using System.Net;
using Mesh.Core.Foreign;
using Mesh.Core.Logs;
using Mesh.Core.Runtime;
using Mesh.Core.Sealing;
using Mesh.Core.Sessions;
using Mesh.Core.Transport.Memory;
using Mesh.Core.Trust;
using Mesh.Core.Wire.Handshake;
using Mesh.Core.Wire.Messages;
using Mesh.Core.Wire.Records;
using Mesh.Tests.Core.Sessions;
using Mesh.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mesh.Tests.Fuzzing.Targets;

/// <summary>A session with both halves of a node behind it, and the peer's true keys in the test's hand.</summary>
internal sealed class SessionStageLab : IDisposable
{
    private static readonly byte[] PeersKey = [.. Enumerable.Repeat((byte)3, 32)];
    private static readonly byte[] OwnKey = [.. Enumerable.Repeat((byte)4, 32)];

    private readonly FuzzPublisher _publisher = new();
    private readonly FrameLab _frames;
    private readonly MemoryTransport _transport;
    private readonly PublishPart _publish;
    private readonly SessionOptions _options = new SessionOptions().Validated();
    private readonly SessionBuffers _buffers = new();
    private WatchPart _watch = null!;
    private SessionRouter _router = null!;
    private Session _session = null!;
    private SessionCipher _peer = null!;
    private bool _isAnnounced;

    public SessionStageLab()
    {
        _frames = new FrameLab(_publisher);
        var host = new MemoryNetwork(new Random(1), MemoryNetworkMode.Threaded).AddHost("here");
        _transport = new MemoryTransport(host);
        _ = PublishPart.TryBind(_transport, new IPEndPoint(IPAddress.Loopback, 21751), out var socket);
        var time = new ManualTimeProvider();
        _publish = new PublishPart(_transport, socket!, new NodeLogSetup
        {
            Primitives = _publisher.Primitives,
            Identity = _publisher.Identity,
            Incarnation = 9,
            Scale = new TimestampScale(time.TimestampFrequency),
        }, time);
        Fill(_publish.Log);
        ReaderMessages = MakeReaderMessages();
        PublisherMessages = MakePublisherMessages();
    }

    /// <summary>What a peer says that reads.</summary>
    public IReadOnlyList<byte[]> ReaderMessages { get; }

    /// <summary>What a peer says that is read, to the requests of a fresh client.</summary>
    public IReadOnlyList<byte[]> PublisherMessages { get; }

    private TimeSpan Now => _publisher.Now;

    /// <summary>Brings a new session into a state.</summary>
    public void Build(SessionStage stage)
    {
        EndLast();
        var mode = stage == SessionStage.AwaitingSnapshot ? StartMode.Snapshot : StartMode.History;
        _watch = new WatchPart(_transport, _publisher.Primitives, new MeshView(), mode);
        _watch.Want(ChartPattern.All, [], Now);
        _router = new SessionRouter(_watch, () => Now, NullLogger.Instance) { Publish = _publish };
        _peer = new SessionCipher(_publisher.Primitives, PeersKey);
        _session = NewSession();
        _session.Welcome(SessionPair.WelcomeOf("own", Rights.Watch));
        if (stage == SessionStage.Opening)
        {
            return;
        }

        Hear(Seal(FuzzPublisher.Encode(
            static (ref writer) => SessionPair.WelcomeOf("peer", Rights.Watch).Write(ref writer))));
        switch (stage)
        {
            case SessionStage.Reading or SessionStage.AwaitingSnapshot:
                HearAll(_frames.Opening);
                break;
            case SessionStage.Serving:
                HearAll(ReaderMessages.Take(1));
                break;
            case SessionStage.Closing:
                _session.Bye(RefuseCode.Busy, "", SessionEnd.Closed, Now);
                break;
            case SessionStage.Ended:
                _session.Abort(SessionEnd.Lost);
                break;
        }
    }

    /// <summary>Seals a message as the peer does.</summary>
    public byte[] Seal(ReadOnlySpan<byte> plaintext)
    {
        var bytes = new byte[plaintext.Length + SessionCipher.OverheadBytes];
        _peer.Seal(plaintext, bytes);
        return RoguePeer.Wrap(bytes);
    }

    /// <summary>Takes a message as the hub of sessions does.</summary>
    public void Hear(byte[] message)
    {
        _ = SealedMessage.TryRead(message, out var sealedMessage);
        switch (_session.Receive(sealedMessage.Ciphertext, Now, out var type, out var plaintext))
        {
            case SessionFact.Opened:
                _isAnnounced = true;
                _router.Opened(_session);
                break;
            case SessionFact.RightsChanged:
                _router.RightsChanged(_session);
                break;
            case SessionFact.Message when _isAnnounced:
                _router.MessageReceived(_session, type, plaintext);
                break;
        }
    }

    /// <summary>Lets the session and its bulk have a turn.</summary>
    public void Poll() => _session.Poll(Now);

    /// <summary>Whether a session that is still open answers a ping.</summary>
    public string? Check()
    {
        if (_session.State != SessionState.Open)
        {
            return null;
        }

        var link = (RecordingLink)Link;
        link.Sent.Clear();
        var before = _session.Traffic.ReceivedCount;
        Hear(Seal(FuzzPublisher.Encode(new PingMessage(1, 2, []).Write)));
        _session.Poll(Now);
        var isBlocked = _session.State != SessionState.Open && _session.End != SessionEnd.QueueFull;
        return isBlocked ? $"a ping ends the session: {_session.End}"
            : _session.Traffic.ReceivedCount == before ? "a ping is not heard" : null;
    }

    public void Dispose()
    {
        EndLast();
        _publish.Dispose();
        _transport.Dispose();
        _publisher.Dispose();
    }

    private ISessionLink Link { get; set; } = new RecordingLink();

    private void EndLast()
    {
        if (_session is null)
        {
            return;
        }

        if (_isAnnounced)
        {
            _router.Closed(_session);
        }

        _isAnnounced = false;
        _session.Dispose();
        _watch.Dispose();
        _peer.Dispose();
    }

    private void HearAll(IEnumerable<byte[]> messages)
    {
        foreach (var message in messages)
        {
            Hear(Seal(message));
        }
    }

    private Session NewSession()
    {
        Link = new RecordingLink();
        var setup = new SessionSetup
        {
            Peer = new HandshakePeer
            {
                Id = _publisher.Identity.Id,
                Instance = default,
                Kind = InstanceKind.Owner,
                Incarnation = 7,
                SigningPublicKey = _publisher.Identity.Signing.PublicKey.ToArray(),
            },
            Link = Link,
            Sending = new SessionCipher(_publisher.Primitives, OwnKey),
            Receiving = new SessionCipher(_publisher.Primitives, PeersKey),
            IsDialled = true,
            Binding = 7,
            Endpoint = new IPEndPoint(IPAddress.Loopback, 21750),
        };
        return new Session(setup, _options, _buffers, new ReadyList(), Now);
    }

    private void Fill(NodeLog log)
    {
        for (var frame = 0; frame < 4; frame++)
        {
            var writer = log.Spy.Open(new FrameBase(1_700_000_000_000_000, 0, 0), Now);
            _ = writer.TryWriteName(new NameRecord(1, NameKind.Signal, (uint)frame, "text"));
            _ = log.Flush(log.Spy, Now, _publish);
        }

        var definition = _publisher.Definitions[0];
        log.Definitions.Add(DefinitionHash.Read(definition.Hash.Span), definition.CanonicalBytes);
    }

    private List<byte[]> MakeReaderMessages()
    {
        var hash = _publisher.Definitions[0].Hash.ToArray();
        return
        [
            FuzzPublisher.Encode(new AttachMessage(1, LaneKinds.Spy | LaneKinds.Trace).Write),
            FuzzPublisher.Encode(new FetchMessage(2, NodeLog.SpyLane, 9, 1, 4).Write),
            FuzzPublisher.Encode(new KeysMessage(NodeLog.SpyLane, 9, 1).Write),
            FuzzPublisher.Encode(new SnapshotMessage(3, NodeLog.SpyLane).Write),
            FuzzPublisher.Encode((ref writer) => new DefinitionMessage { Request = 4, Hash = hash }.Write(ref writer)),
            FuzzPublisher.Encode(new DetachMessage(NodeLog.SpyLane).Write),
            FuzzPublisher.Encode(new PingMessage(1, 2, []).Write),
            FuzzPublisher.Encode(new CreditMessage(1_000).Write),
        ];
    }

    // A fresh client asks for its lanes first, then for the frames; its requests are numbered from 1.
    private List<byte[]> MakePublisherMessages()
    {
        const uint fetch = FrameLab.FirstRequest + 1;
        var hash = _publisher.Definitions[0].Hash.ToArray();
        return
        [
            .. _frames.Opening,
            .. _publisher.Answer(FuzzPublisher.Encode(new FetchMessage(fetch, NodeLog.SpyLane, 7, 1, 12).Write)),
            .. _publisher.Answer(FuzzPublisher.Encode(new SnapshotMessage(fetch, NodeLog.SpyLane).Write)),
            .. _publisher.Answer(FuzzPublisher.Encode(
                (ref writer) => new DefinitionMessage { Request = fetch, Hash = hash }.Write(ref writer))),
            FuzzPublisher.Encode(new PingMessage(1, 2, [new LaneHead(NodeLog.SpyLane, 7, 12, 40)]).Write),
        ];
    }
}
