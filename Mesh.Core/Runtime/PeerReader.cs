using System.Net;
using Mesh.Core.Logs;
using Mesh.Core.Sealing;
using Mesh.Core.Sessions;
using Mesh.Core.Transport;
using Mesh.Core.Wire;
using Mesh.Core.Wire.Messages;

namespace Mesh.Core.Runtime;

/// <summary>
/// Reads one peer's log: its client, its session of the moment, and a subscriber socket for live frames.
/// </summary>
/// <param name="transport">Where the socket comes from; not owned.</param>
/// <param name="client">What reads; owned.</param>
internal sealed class PeerReader(ITransport transport, LogClient client) : IDisposable
{
    private const int MaxFramesPerTurn = 256;

    private static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(2);

    private static readonly SocketOptions SubscriberSocket = new()
    {
        MaxMessageBytes = WireLimits.MaxFrameBytes,
        ReceiveHighWaterMark = 256,
    };

    private readonly HashSet<Topic> _subscribed = [];
    private readonly ReceivedMessage _message = new();
    private ITransportSocket? _socket;
    private IPEndPoint? _frames;
    private ulong _lastHeard;
    private TimeSpan? _unheardSince;

    /// <summary>What reads.</summary>
    public LogClient Client { get; } = client;

    /// <summary>The session of the moment.</summary>
    public Session? Session { get; private set; }

    /// <summary>How often the socket was made anew because frames did not come.</summary>
    public long Reconnects { get; private set; }

    /// <summary>Whether all that the peer is known to have was read, the definitions of its charts included.</summary>
    public bool IsUpToDate => Session is not null && Client.IsUpToDate;

    /// <summary>When the part wants a turn at the latest.</summary>
    public TimeSpan NextDeadline
    {
        get
        {
            var stale = _unheardSince is { } since ? since + StaleAfter : TimeSpan.MaxValue;
            return stale < Client.NextTickAt ? stale : Client.NextTickAt;
        }
    }

    /// <summary>Takes a session that has just opened, in place of the one before.</summary>
    /// <param name="session">The session.</param>
    /// <param name="address">Where the peer is.</param>
    /// <param name="now">Monotonic.</param>
    public void Attach(Session session, IPAddress address, TimeSpan now)
    {
        Session = session;
        _lastHeard = 0;
        var frames = new IPEndPoint(address, session.FramePort);
        if (!frames.Equals(_frames))
        {
            Disconnect();
            _frames = frames;
        }

        Client.Attach(new SessionSink(session), ServedReader.KindsOf(session.RightsHeld), now);
    }

    /// <summary>Takes the end of a session.</summary>
    /// <param name="session">The session that is over.</param>
    public void Detach(Session session)
    {
        if (session == Session)
        {
            Session = null;
            Client.Detach();
            Disconnect();
            _frames = null;
        }
    }

    /// <summary>Takes what this node may do at the peer now.</summary>
    /// <param name="now">Monotonic.</param>
    public void ApplyRights(TimeSpan now)
    {
        if (Session is not null)
        {
            Client.OnAllowed(ServedReader.KindsOf(Session.RightsHeld), now);
        }
    }

    /// <summary>Takes a message of the session; heads are noted as well.</summary>
    /// <param name="type">The type of the message.</param>
    /// <param name="message">Its plaintext, untrusted.</param>
    /// <param name="now">Monotonic.</param>
    /// <returns>False when it is not for a reader.</returns>
    public bool Handle(SessionMessageType type, ReadOnlySpan<byte> message, TimeSpan now)
    {
        if (type == SessionMessageType.Ping)
        {
            if (PingMessage.TryRead(message, out var ping))
            {
                NoteHeads(ping.Heads, now);
                Client.OnHeads(ping.Heads, now);
            }

            return true;
        }

        return Client.Handle(message, type, now);
    }

    /// <summary>Receives frames, asks for what is missing, and keeps the subscriptions right.</summary>
    /// <param name="now">Monotonic.</param>
    /// <returns>True when more frames may be waiting.</returns>
    public bool Turn(TimeSpan now)
    {
        var hasMore = Receive(now);
        Client.Tick(now);
        if (_unheardSince is { } since && now - since >= StaleAfter)
        {
            // The publisher goes on and nothing comes: the connection is gone without a word.
            Disconnect();
            Reconnects++;
            _unheardSince = now;
        }

        Subscribe();
        return hasMore;
    }

    /// <summary>Closes the socket and lets the keys go.</summary>
    public void Dispose()
    {
        Disconnect();
        Client.Dispose();
    }

    private void NoteHeads(ReadOnlySpan<LaneHead> heads, TimeSpan now)
    {
        foreach (ref readonly var head in heads)
        {
            if (head.LastFrame > _lastHeard && _subscribed.Count > 0)
            {
                _unheardSince ??= now;
            }
        }
    }

    // Unproven, so good for nothing but to tell that the connection carries frames.
    private void NoteLive(ReadOnlySpan<byte> frame)
    {
        if (SealedFrame.Read(frame, out var parts) == OpenResult.Opened)
        {
            _lastHeard = Math.Max(_lastHeard, parts.Header.FrameNumber);
            _unheardSince = null;
        }
    }

    private bool Receive(TimeSpan now)
    {
        if (_socket is not { IsReadable: true } socket)
        {
            return false;
        }

        for (var count = 0; count < MaxFramesPerTurn; count++)
        {
            switch (socket.TryReceive(_message))
            {
                case ReceiveOutcome.None:
                    return false;
                case ReceiveOutcome.Received when _message.Address.Length == WireSizes.TopicBytes:
                    NoteLive(_message.Payload);
                    Client.OnPublished(Topic.Read(_message.Address), _message.Payload, now);
                    break;
            }
        }

        return true;
    }

    private void Subscribe()
    {
        if (_frames is null || Session is null)
        {
            return;
        }

        var wanted = Client.Topics.ToHashSet();
        if (wanted.Count > 0)
        {
            _socket ??= TryConnect(_frames);
        }

        if (_socket is null || wanted.SetEquals(_subscribed))
        {
            return;
        }

        Span<byte> topic = stackalloc byte[WireSizes.TopicBytes];
        foreach (var gone in _subscribed.Except(wanted))
        {
            gone.Write(topic);
            _socket.Unsubscribe(topic);
        }

        foreach (var added in wanted.Except(_subscribed))
        {
            added.Write(topic);
            _socket.Subscribe(topic);
        }

        _subscribed.Clear();
        _subscribed.UnionWith(wanted);
    }

    private ITransportSocket? TryConnect(IPEndPoint frames)
    {
        try
        {
            return transport.Connect(SocketKind.Subscriber, frames, SubscriberSocket);
        }
        catch (TransportException)
        {
            // Out of descriptors: repair over the session carries the frames meanwhile.
            return null;
        }
    }

    private void Disconnect()
    {
        _socket?.Dispose();
        _socket = null;
        _subscribed.Clear();
        _unheardSince = null;
    }
}
