using System.Net;
using Mesh.Core.Identity;
using Mesh.Core.Logs;
using Mesh.Core.Sessions;
using Mesh.Core.Transport;
using Mesh.Core.Wire;
using Mesh.Core.Wire.Messages;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Core.Runtime;

/// <summary>Publishes this node's log on the frame port, and serves those who read it over their sessions.</summary>
internal sealed class PublishPart : IFrameOutput, IDisposable
{
    /// <summary>Topics subscribed to on the frame port; beyond it the socket is closed and bound anew.</summary>
    public const int MaxSubscriptions = 4_096;

    private const int MaxInboundPerTurn = 256;

    // About 50 MB of records.
    private const int MaxLastTurns = 256;

    private static readonly TimeSpan HeadDelay = TimeSpan.FromMilliseconds(50);

    // A closed socket keeps its port for a moment.
    private static readonly TimeSpan BindRetry = TimeSpan.FromMilliseconds(20);

    // Inbound messages are subscriptions: one byte and a topic.
    private static readonly SocketOptions FrameSocket = new()
    {
        MaxMessageBytes = 64,
        SendHighWaterMark = 256,

        // Only subscriptions come in, one or two a reader. libzmq takes them in within any call, as long as there are
        // more: few at a time, so that who sends them without end does not hold the loop, nor outruns the guard.
        ReceiveHighWaterMark = 4,
    };

    private static readonly TimeSpan AnchorInterval = TimeSpan.FromSeconds(10);

    private readonly ITransport _transport;
    private readonly TimeProvider _timeProvider;
    private readonly Dictionary<Session, ServedReader> _readers = [];
    private readonly ReceivedMessage _message = new();
    private NodeLogSetup _setup;
    private readonly IPEndPoint _local;
    private ITransportSocket? _socket;
    private TimeSpan _bindAt = TimeSpan.MaxValue;
    private readonly HashSet<string> _topics = new(StringComparer.Ordinal);
    private TimeSpan _pushHeadsAt = TimeSpan.MaxValue;
    private bool _headsAreDue;
    private TimeSpan _nextAnchor;
    private WallAnchor _anchor;

    /// <summary>Takes over a bound frame socket.</summary>
    /// <param name="transport">Where it is bound anew when it must be.</param>
    /// <param name="socket">The publisher socket; owned from here on.</param>
    /// <param name="log">What the log is made of.</param>
    /// <param name="timeProvider">The clock of the charts and of the wall.</param>
    public PublishPart(ITransport transport, ITransportSocket socket, NodeLogSetup log, TimeProvider timeProvider)
    {
        _transport = transport;
        _socket = socket;
        _local = socket.LocalEndPoint!;
        _timeProvider = timeProvider;
        _anchor = WallAnchor.Of(timeProvider);
        _setup = log;
        Log = new NodeLog(log);
        Doorbell = new StepDoorbell(transport.Wake);
        Charts = new ChartPublisher(Log, log.Scale, Doorbell);
    }

    /// <summary>What is published.</summary>
    public NodeLog Log { get; private set; }

    /// <summary>Whose steps are published.</summary>
    public ChartPublisher Charts { get; private set; }

    /// <summary>What charts ring when they have made steps.</summary>
    public StepDoorbell Doorbell { get; }

    /// <summary>Frames that the socket did not take.</summary>
    public long UnsentFrames { get; private set; }

    /// <summary>Messages of a wrong shape that its socket threw away.</summary>
    public long DroppedMessages => _socket?.DroppedMessageCount ?? 0;

    /// <summary>How often the socket was closed, to be bound anew because of too many subscriptions.</summary>
    public long Rebinds { get; private set; }

    /// <summary>How to bind the frame port.</summary>
    /// <param name="transport">The sockets of the node.</param>
    /// <param name="local">Address and port.</param>
    /// <param name="socket">The socket, when the result is Bound.</param>
    public static BindResult TryBind(ITransport transport, IPEndPoint local, out ITransportSocket? socket) =>
        transport.TryBind(SocketKind.Publisher, local, FrameSocket, out socket);

    /// <summary>How far the lanes have come that a session's peer is attached to.</summary>
    /// <param name="session">The session.</param>
    /// <returns>Empty when it is attached to nothing.</returns>
    public LaneHead[] Heads(Session session) =>
        _readers.TryGetValue(session, out var reader) ? reader.Server.Heads() : [];

    /// <summary>Begins to serve a session.</summary>
    /// <param name="session">One that is open.</param>
    public void Open(Session session) => _readers[session] = new ServedReader(Log, session);

    /// <summary>Ends the service of a session.</summary>
    /// <param name="session">One that is over.</param>
    public void Close(Session session)
    {
        if (_readers.Remove(session, out var reader))
        {
            reader.Server.Close();
        }
    }

    /// <summary>Applies rights that changed, to every session of a peer: one that is handed over reads too.</summary>
    /// <param name="peer">The peer whose rights here changed.</param>
    public void ApplyRights(NodeId peer)
    {
        foreach (var (session, reader) in _readers)
        {
            if (session.Peer.Id == peer)
            {
                reader.Server.Allow(ServedReader.KindsOf(session.RightsGiven));
            }
        }
    }

    /// <summary>Takes a message of a session.</summary>
    /// <param name="session">The session.</param>
    /// <param name="type">The type of the message.</param>
    /// <param name="message">Its plaintext, untrusted.</param>
    /// <param name="now">Monotonic.</param>
    /// <returns>False when it is not for a publisher.</returns>
    public bool Handle(Session session, SessionMessageType type, ReadOnlySpan<byte> message, TimeSpan now)
    {
        if (!_readers.TryGetValue(session, out var reader))
        {
            return false;
        }

        if (type == SessionMessageType.Attach)
        {
            FillTrace(session, now);
        }

        if (!reader.Server.Handle(message, type))
        {
            return false;
        }

        session.BulkReady();
        return true;
    }

    /// <summary>Drains charts, seals and publishes what is due, and sees to those who read.</summary>
    /// <param name="hub">Sends the heads once the lanes have gone quiet.</param>
    /// <param name="now">Monotonic.</param>
    /// <returns>True when there is more to do at once.</returns>
    public bool Turn(SessionHub hub, TimeSpan now)
    {
        KeepAnchor(now);
        BindAnew(now);
        var hasMore = Charts.Turn(_anchor, now, this) | ReceiveSubscriptions(now);
        foreach (var reader in _readers.Values)
        {
            if (reader.Server.NextProduceAt(now) <= now)
            {
                reader.Session.BulkReady();
            }
        }

        if (_headsAreDue)
        {
            _headsAreDue = false;
            _pushHeadsAt = now + HeadDelay;
        }
        else if (now >= _pushHeadsAt)
        {
            _pushHeadsAt = TimeSpan.MaxValue;
            hub.PushHeads(now);
        }

        return hasMore;
    }

    /// <summary>When the part wants a turn at the latest.</summary>
    /// <param name="now">Monotonic.</param>
    public TimeSpan NextDeadline(TimeSpan now)
    {
        var next = Log.NextDueAt < _pushHeadsAt ? Log.NextDueAt : _pushHeadsAt;
        next = _bindAt < next ? _bindAt : next;
        foreach (var reader in _readers.Values)
        {
            // What can be produced now waits for the session's credit, which arrives as a message.
            var at = reader.Server.NextProduceAt(now);
            next = at > now && at < next ? at : next;
        }

        return next;
    }

    /// <summary>Begins the log anew under a later incarnation, with what the rings of the charts hold.</summary>
    /// <param name="incarnation">The new incarnation; sessions open again under it.</param>
    public void Restart(ulong incarnation)
    {
        var charts = Charts.Charts.ToArray();
        foreach (var reader in _readers.Values)
        {
            reader.Server.Close();
        }

        _readers.Clear();
        Log.Dispose();
        _setup = _setup with { Incarnation = incarnation };
        Log = new NodeLog(_setup);
        Charts = new ChartPublisher(Log, _setup.Scale, Doorbell);
        foreach (var chart in charts)
        {
            if (chart.IsEnding)
            {
                // Its end stands in the old log, or is lost with it; it does not begin once more.
                chart.Ring.Attach(null);
                continue;
            }

            Charts.Add(chart.Spy.Image.Name, chart.Source);
        }
    }

    /// <summary>Ends the log cleanly.</summary>
    /// <param name="now">Monotonic.</param>
    public void End(TimeSpan now)
    {
        WriteAll(now);
        Log.End(now, this);
    }

    /// <inheritdoc/>
    public void Publish(Topic topic, ReadOnlySpan<byte> frame)
    {
        Span<byte> address = stackalloc byte[WireSizes.TopicBytes];
        topic.Write(address);
        if (_socket?.TrySend(address, frame) != SendOutcome.Sent)
        {
            UnsentFrames++;
        }

        _headsAreDue = true;
    }

    /// <summary>Closes the socket and destroys the keys.</summary>
    public void Dispose()
    {
        _socket?.Dispose();
        Log.Dispose();
    }

    // The trace lane begins with its first reader, who is to be told at once what the charts did before.
    private void FillTrace(Session session, TimeSpan now)
    {
        if (Log.Trace is not null || ServedReader.KindsOf(session.RightsGiven) != LaneKinds.Trace)
        {
            return;
        }

        _ = Log.OpenTrace();
        KeepAnchor(now);
        WriteAll(now);
    }

    // Charts at full speed are never read empty, so there is an end to it.
    private void WriteAll(TimeSpan now)
    {
        for (var turn = 0; turn < MaxLastTurns && Charts.Turn(_anchor, now, this); turn++)
        {
        }
    }

    private void KeepAnchor(TimeSpan now)
    {
        if (now < _nextAnchor)
        {
            return;
        }

        _nextAnchor = now + AnchorInterval;
        _anchor = WallAnchor.Of(_timeProvider);
    }

    private bool ReceiveSubscriptions(TimeSpan now)
    {
        if (_socket is not { IsReadable: true } socket)
        {
            return false;
        }

        for (var count = 0; count < MaxInboundPerTurn; count++)
        {
            switch (socket.TryReceive(_message))
            {
                case ReceiveOutcome.None:
                    return false;
                case ReceiveOutcome.Received when _message.Payload is [var kind, ..]:
                    CountTopic(kind == 1, _message.Payload[1..]);
                    break;
            }

            if (_topics.Count > MaxSubscriptions)
            {
                CutOff(socket, now);
                return true;
            }
        }

        return true;
    }

    // Every subscription is told of, but only the last end of a topic's: so topics are counted, not subscribers.
    private void CountTopic(bool isSubscribed, ReadOnlySpan<byte> topic)
    {
        var text = Convert.ToHexString(topic);
        _ = isSubscribed ? _topics.Add(text) : _topics.Remove(text);
    }

    // Somebody piles up subscriptions: everybody is cut off, and honest readers connect again and repair.
    private void CutOff(ITransportSocket socket, TimeSpan now)
    {
        socket.Dispose();
        _socket = null;
        _topics.Clear();
        _bindAt = now;
        Rebinds++;
    }

    // Frames are served over the sessions until the port is free again.
    private void BindAnew(TimeSpan now)
    {
        if (now < _bindAt)
        {
            return;
        }

        try
        {
            var result = TryBind(_transport, _local, out _socket);
            _bindAt = result == BindResult.Bound ? TimeSpan.MaxValue : now + BindRetry;
        }
        catch (TransportException)
        {
            // Out of descriptors.
            _bindAt = now + BindRetry;
        }
    }
}
