using System.Diagnostics;
using System.Net;
using Mesh.Core.Sealing;
using Mesh.Core.Trust;
using Mesh.Core.Wire;
using Mesh.Core.Wire.MessagePack;
using Mesh.Core.Wire.Messages;

namespace Mesh.Core.Sessions;

/// <summary>What follows a handshake: an ordered, sealed way between two instances, watched and paced.</summary>
/// <remarks>
/// Pure: it sends by its link, takes what the hub received, and looks at no clock. Control messages go before bulk;
/// bulk is pulled when the peer has room for it. Its life is drawn at <see cref="SessionState"/>.
/// </remarks>
internal sealed partial class Session : IDisposable
{
    private readonly SessionOptions _options;
    private readonly SessionBuffers _buffers;
    private readonly ReadyList _ready;
    private readonly ISessionLink _link;
    private readonly SessionCipher _sending;
    private readonly SessionCipher _receiving;
    private readonly OutboundQueue _queue;
    private readonly CreditWindow _window = new();
    private readonly CreditMeter _meter;
    private readonly ClockEstimate _clock = new();
    private readonly SilenceWatch _silence;
    private TimeSpan _deadline;
    private TimeSpan _lastSpoke;

    /// <summary>Begins a session; say <see cref="Welcome"/> or <see cref="Refuse"/> next.</summary>
    /// <param name="setup">What the handshake left.</param>
    /// <param name="options">Validated options.</param>
    /// <param name="buffers">The loop's buffers.</param>
    /// <param name="ready">Where the session asks to be looked after.</param>
    /// <param name="now">The loop's monotonic time.</param>
    public Session(
        SessionSetup setup, SessionOptions options, SessionBuffers buffers, ReadyList ready, TimeSpan now)
    {
        _options = options;
        _buffers = buffers;
        _ready = ready;
        _link = setup.Link;
        _sending = setup.Sending;
        _receiving = setup.Receiving;
        _queue = new OutboundQueue(options.MaxQueuedBytes);
        _meter = new CreditMeter((uint)options.BulkStepBytes);
        _silence = new SilenceWatch(options.SuspectAfter, options.LostAfter, now);
        _deadline = now + options.HandshakeTimeout;
        _lastSpoke = now;
        BeganAt = now;
        Peer = setup.Peer;
        IsDialled = setup.IsDialled;
        Endpoint = setup.Endpoint;
        Binding = setup.Binding;
    }

    /// <summary>Who is at the other end.</summary>
    public HandshakePeer Peer { get; }

    /// <summary>Whether this side dialled.</summary>
    public bool IsDialled { get; }

    /// <summary>The endpoint that was dialled, or the address that the peer dialled from with port 0.</summary>
    public IPEndPoint? Endpoint { get; }

    /// <summary>A number that both sides know this session by.</summary>
    public ulong Binding { get; }

    /// <summary>When the handshake was done.</summary>
    public TimeSpan BeganAt { get; }

    /// <summary>When both sides had said WELCOME; meaningless before.</summary>
    public TimeSpan OpenedAt { get; private set; }

    /// <summary>Where the session is in its life.</summary>
    public SessionState State { get; private set; }

    /// <summary>Why it ended, or is about to.</summary>
    public SessionEnd End { get; private set; }

    /// <summary>What the peer may do here.</summary>
    public Rights RightsGiven { get; private set; }

    /// <summary>What this node may do at the peer's, as the peer said last.</summary>
    public Rights RightsHeld { get; private set; }

    /// <summary>What the peer calls itself; empty until its WELCOME. From outside: escape it on output.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The peer's session port, or 0.</summary>
    public ushort SessionPort { get; private set; }

    /// <summary>The port that the peer publishes frames on, or 0 for a guest.</summary>
    public ushort FramePort { get; private set; }

    /// <summary>What the peer takes at most.</summary>
    public SessionLimits PeerLimits { get; private set; } = SessionLimits.Default;

    /// <summary>The greatest incarnation of this node that the peer knows; 0 for none.</summary>
    public ulong KnownIncarnation { get; private set; }

    /// <summary>The peer's REFUSE, when <see cref="End"/> is <see cref="SessionEnd.RefusedThere"/>.</summary>
    public RefuseMessage Refusal { get; private set; }

    /// <summary>Alive or suspect while the session is open, lost afterwards when silence ended it.</summary>
    public Presence Presence => _silence.State;

    /// <summary>When the last message of the peer opened.</summary>
    public TimeSpan LastHeard => _silence.LastHeard;

    /// <summary>Round trip and clock of the peer, as the answered pings tell them.</summary>
    public ClockEstimate Clock => _clock;

    /// <summary>Counts of this session.</summary>
    public SessionTraffic Traffic { get; } = new();

    /// <summary>Where bulk comes from; set by the owner.</summary>
    public IBulkSource? Bulk { get; set; }

    /// <summary>Where the heads in pings come from; without it they are empty.</summary>
    public IHeads? Heads { get; set; }

    /// <summary>Bytes of control messages that wait for the link.</summary>
    public int QueuedBytes => _queue.WaitingBytes;

    /// <summary>When <see cref="Poll"/> is to be called at the latest.</summary>
    public TimeSpan NextDeadline
    {
        get
        {
            var deadline = State switch
            {
                SessionState.Ended => TimeSpan.MaxValue,
                SessionState.Open => Earlier(NextPing, _silence.NextDeadline),
                _ => _deadline,
            };
            return IsBlocked && State != SessionState.Ended ? Earlier(deadline, _retryAt) : deadline;
        }
    }

    /// <summary>Whether the session is in the ready list; the list's own mark.</summary>
    internal bool IsListed { get; set; }

    /// <summary>Says as the first word that the peer may come in.</summary>
    /// <param name="welcome">The message.</param>
    public void Welcome(in WelcomeMessage welcome)
    {
        Debug.Assert(State == SessionState.Opening, "the first word is said once");
        RightsGiven = (Rights)welcome.Rights;
        Span<byte> bytes = stackalloc byte[512];
        var writer = new MessageWriter(bytes);
        welcome.Write(ref writer);
        Enqueue(writer.Written);
        bytes.Clear();
    }

    /// <summary>Says that the peer may not come in, first or to take a welcome back, and closes.</summary>
    /// <param name="refuse">The message.</param>
    /// <param name="now">The loop's time.</param>
    public void Refuse(in RefuseMessage refuse, TimeSpan now)
    {
        Span<byte> bytes = stackalloc byte[WireLimits.MaxTextBytes + 64];
        var writer = new MessageWriter(bytes);
        refuse.Write(ref writer);
        SayLast(writer.Written, SessionEnd.RefusedHere, now);
    }

    /// <summary>Says goodbye and closes; nothing happens if the session is closing already.</summary>
    /// <param name="code">Why.</param>
    /// <param name="text">For people, short; may be empty.</param>
    /// <param name="end">What the end is called on this side.</param>
    /// <param name="now">The loop's time.</param>
    public void Bye(RefuseCode code, string text, SessionEnd end, TimeSpan now)
    {
        Span<byte> bytes = stackalloc byte[WireLimits.MaxTextBytes + 64];
        var writer = new MessageWriter(bytes);
        new ByeMessage(code, text).Write(ref writer);
        SayLast(writer.Written, end, now);
    }

    /// <summary>Queues a control message.</summary>
    /// <param name="message">The plaintext of one session message.</param>
    /// <returns>
    /// <see langword="false"/> when the session is not open, the message is longer than the peer takes, or too much
    /// waits already, which ends the session.
    /// </returns>
    public bool TrySend(ReadOnlySpan<byte> message) =>
        State == SessionState.Open && message.Length <= PeerLimits.MaxMessageBytes && Enqueue(message);

    /// <summary>There may be bulk to pull again.</summary>
    public void BulkReady()
    {
        _hasBulk = true;
        _ready.Add(this);
    }

    /// <summary>Tells the peer that its rights here changed.</summary>
    /// <param name="rights">What it may do from now on.</param>
    public void ChangeRights(Rights rights)
    {
        if (State is not (SessionState.Opening or SessionState.Open) || rights == RightsGiven)
        {
            return;
        }

        RightsGiven = rights;
        Span<byte> bytes = stackalloc byte[16];
        var writer = new MessageWriter(bytes);
        new RightsMessage((uint)rights).Write(ref writer);
        Enqueue(writer.Written);
    }

    /// <summary>Sends a ping now, with the heads of now.</summary>
    /// <param name="now">The loop's time.</param>
    public void PushPing(TimeSpan now)
    {
        if (State == SessionState.Open)
        {
            EnqueuePing(now);
        }
    }

    /// <summary>Ends the session without a word.</summary>
    /// <param name="end">Why.</param>
    public void Abort(SessionEnd end) => Finish(end);

    /// <summary>This node's own timer was late: blames the peer for nothing for one interval.</summary>
    /// <param name="now">The loop's time.</param>
    public void Forgive(TimeSpan now) => _silence.Forgive(now, _options.PingInterval);

    /// <summary>Does what is due: pings, verdicts on silence, the end of a deadline, another try to send.</summary>
    /// <param name="now">The loop's time.</param>
    public void Poll(TimeSpan now)
    {
        switch (State)
        {
            case SessionState.Opening when now >= _deadline:
                Fail(SessionEnd.Unanswered, now);
                break;
            case SessionState.Closing when now >= _deadline:
                Finish(End);
                break;
            case SessionState.Open when _silence.Judge(now) && _silence.State == Presence.Lost:
                Finish(SessionEnd.Lost);
                break;
            case SessionState.Open when now >= NextPing:
                EnqueuePing(now);
                break;
        }

        Flush(now);
    }

    /// <summary>Ends the session, if it has not, and wipes its keys.</summary>
    public void Dispose() => Finish(SessionEnd.Closed);

    // A ping behind a blocked message would say nothing that is not said when the link has room again.
    private TimeSpan NextPing => IsBlocked ? TimeSpan.MaxValue : _lastSpoke + _options.PingInterval;

    private static TimeSpan Earlier(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static long ToMicroseconds(TimeSpan now) => now.Ticks / TimeSpan.TicksPerMicrosecond;

    private void EnqueuePing(TimeSpan now)
    {
        var clock = ToMicroseconds(now);
        var heads = Heads?.Heads(this) ?? [];
        var writer = new MessageWriter(_buffers.Outgoing);
        new PingMessage(_clock.Sent(clock), clock, heads).Write(ref writer);
        Enqueue(writer.Written);
    }

    private void SayLast(ReadOnlySpan<byte> message, SessionEnd end, TimeSpan now)
    {
        if (State is SessionState.Closing or SessionState.Ended || !Enqueue(message))
        {
            return;
        }

        State = SessionState.Closing;
        End = end;
        _deadline = now + _options.LingerTime;
    }

    private bool Enqueue(ReadOnlySpan<byte> message)
    {
        if (!_queue.TryEnqueue(message))
        {
            Finish(SessionEnd.QueueFull);
            return false;
        }

        _ready.Add(this);
        return true;
    }

    // Hears nothing more, and says so: a peer that is told of a fault dials again, else it would find out by silence.
    private void Fail(SessionEnd end, TimeSpan now)
    {
        if (State == SessionState.Closing)
        {
            Finish(End);
            return;
        }

        _isDeaf = true;
        _queue.Clear();
        Bye(RefuseCode.Busy, "", end, now);
    }

    private void Finish(SessionEnd end)
    {
        if (State == SessionState.Ended)
        {
            return;
        }

        // Whoever has said a last word has a reason already.
        End = State == SessionState.Closing ? End : end;
        State = SessionState.Ended;
        _queue.Clear();
        _blocked = [];
        _link.Close();
        _sending.Dispose();
        _receiving.Dispose();
        _ready.Add(this);
    }
}
