using Mesh.Core.Identity;
using Mesh.Core.Wire;
using Mesh.Core.Wire.MessagePack;
using Mesh.Core.Wire.Messages;

namespace Mesh.Core.Logs;

/// <summary>Reads the log of one peer: attaches, asks for what is missing, and outlives its sessions.</summary>
/// <remarks>
/// <para>The owner brings sessions (<see cref="Attach"/>, <see cref="Detach"/>), messages, live frames and time, and
/// subscribes to <see cref="Topics"/>. A session that is replaced costs nothing: reading goes on where it was. When the
/// peer comes back with a new incarnation, the old one ends and the new one is read from its start.</para>
/// <para>Used by the loop only.</para>
/// </remarks>
internal sealed partial class LogClient : IDisposable
{
    private const int MaxLanes = WireLimits.MaxGrantedLanes;

    private readonly LogClientSetup _setup;
    private readonly Dictionary<ushort, LaneReader> _readers = [];
    private readonly Dictionary<uint, PendingRequest> _pending = [];
    private readonly DefinitionWants _wants;
    private IMessageSink? _session;
    private LaneKinds _allowed;
    private IReadOnlyList<Topic> _topics = [];
    private bool _isAttached;
    private bool _isForbidden;
    private uint _attachRequest;
    private uint _lastRequest;

    /// <summary>Makes a client that waits for its first session.</summary>
    /// <param name="setup">What it reads, and for whom.</param>
    public LogClient(LogClientSetup setup)
    {
        _setup = setup;
        _wants = new DefinitionWants(setup.DefinitionWait);
    }

    /// <summary>The publisher.</summary>
    public NodeId Peer => _setup.Peer;

    /// <summary>What was seen so far.</summary>
    public ReaderCounters Counters { get; } = new();

    /// <summary>The topics to be subscribed to now; the same list as long as nothing changes.</summary>
    public IReadOnlyList<Topic> Topics
    {
        get
        {
            if (!AreTopicsRight())
            {
                _topics = _isForbidden
                    ? []
                    : [.. _readers.Values.Where(reader => reader.WantsLive).Select(reader => reader.Topic)];
            }

            return _topics;
        }
    }

    /// <summary>How far each lane has been read.</summary>
    public IEnumerable<LogCursor> Cursors => _readers.Values
        .Select(reader => new LogCursor(Peer, reader.Incarnation, reader.Lane, reader.LastRecord));

    /// <summary>True when everything that the publisher is known to have was applied, definitions included.</summary>
    public bool IsUpToDate =>
        _readers.Count > 0 && _setup.Sink.IsReady && _readers.Values.All(reader => !reader.IsBehind);

    /// <summary>When <see cref="Tick"/> is worth a call; <see cref="TimeSpan.MaxValue"/> for never.</summary>
    public TimeSpan NextTickAt
    {
        get
        {
            var next = TimeSpan.MaxValue;
            foreach (var reader in _readers.Values)
            {
                var at = reader.NextAt(canAsk: _isAttached && _pending.Count < WireLimits.MaxOutstandingFetches);
                next = at < next ? at : next;
            }

            return _wants.NextAt(_session is not null) is var wanted && wanted < next ? wanted : next;
        }
    }

    /// <summary>Takes a session that has just opened.</summary>
    /// <param name="session">Where requests go.</param>
    /// <param name="allowed">Which kinds of lanes this node may read at the peer.</param>
    /// <param name="now">Monotonic time.</param>
    public void Attach(IMessageSink session, LaneKinds allowed, TimeSpan now)
    {
        Detach();
        _session = session;
        OnAllowed(allowed, now);
    }

    /// <summary>Takes the end of the session. What is known is kept.</summary>
    public void Detach()
    {
        _session = null;
        _isAttached = false;
        _pending.Clear();
        _allowed = LaneKinds.None;
    }

    /// <summary>Takes a change of what this node may read at the peer.</summary>
    /// <param name="allowed">Which kinds of lanes.</param>
    /// <param name="now">Monotonic time.</param>
    public void OnAllowed(LaneKinds allowed, TimeSpan now)
    {
        if (_session is null || (allowed == _allowed && allowed != LaneKinds.None))
        {
            return;
        }

        // Requests of before will not all be answered; those that are will not be known any more.
        _allowed = allowed;
        _isForbidden = allowed == LaneKinds.None;
        _isAttached = false;
        _pending.Clear();
        if (_isForbidden)
        {
            return;
        }

        _attachRequest = NextRequest();
        _pending[_attachRequest] = new PendingRequest(SessionMessageType.Attach, null, default, null);
        Span<byte> buffer = stackalloc byte[16];
        var writer = new MessageWriter(buffer);
        new AttachMessage(_attachRequest, allowed).Write(ref writer);
        _session.Send(writer.Written);
        _wants.AskAgain(now);
    }

    /// <summary>Takes a live frame.</summary>
    /// <param name="topic">The topic it was published under.</param>
    /// <param name="frame">The frame, untrusted.</param>
    /// <param name="now">Monotonic time.</param>
    /// <returns>False when no lane of this peer has that topic.</returns>
    public bool OnPublished(Topic topic, ReadOnlySpan<byte> frame, TimeSpan now)
    {
        foreach (var reader in _readers.Values)
        {
            if (reader.Topic == topic)
            {
                reader.OnFrame(frame, now);
                return true;
            }
        }

        Counters.Drop(FrameDrop.UnknownTopic);
        return false;
    }

    /// <summary>Takes the heads of a PING.</summary>
    /// <param name="heads">How far the peer's lanes have come.</param>
    /// <param name="now">Monotonic time.</param>
    public void OnHeads(ReadOnlySpan<LaneHead> heads, TimeSpan now)
    {
        foreach (ref readonly var head in heads)
        {
            if (_readers.TryGetValue(head.Lane, out var reader) && reader.Incarnation == head.Incarnation)
            {
                reader.OnHead(head.LastFrame, head.LastRecord, now);
            }
        }
    }

    /// <summary>
    /// Lets time pass and sends what is due: to be called after other input, and at <see cref="NextTickAt"/>.
    /// </summary>
    /// <param name="now">Monotonic time.</param>
    public void Tick(TimeSpan now)
    {
        foreach (var reader in _readers.Values)
        {
            reader.Tick(now);
            if (_isAttached)
            {
                Ask(reader, now);
            }
        }

        AskDefinitions(now);
    }

    /// <summary>Ends the reading of all lanes for good: the peer is forgotten, or the program ends.</summary>
    public void Finish()
    {
        foreach (var reader in _readers.Values)
        {
            reader.Finish(isWanted: true);
        }
    }

    /// <summary>Destroys the keys.</summary>
    public void Dispose()
    {
        foreach (var reader in _readers.Values)
        {
            reader.Dispose();
        }
    }

    private bool AreTopicsRight()
    {
        var count = 0;
        foreach (var reader in _readers.Values)
        {
            if (!_isForbidden && reader.WantsLive && (count == _topics.Count || _topics[count++] != reader.Topic))
            {
                return false;
            }
        }

        return count == _topics.Count;
    }

    private void Ask(LaneReader reader, TimeSpan now)
    {
        while (_pending.Count < WireLimits.MaxOutstandingFetches
            && reader.TryAskFrames(now, _lastRequest + 1, out var range))
        {
            SendFetch(reader, range);
        }

        while (reader.TryAskKey(now, out var epoch))
        {
            SendKeys(reader, epoch);
        }

        if (reader.TryAskSnapshot(now))
        {
            SendSnapshot(reader);
        }
    }

    private void AskDefinitions(TimeSpan now)
    {
        while (_setup.Sink.TryWantDefinition(out var wanted))
        {
            _wants.Add(wanted, now);
        }

        while (_wants.TryGiveUp(_session is not null, now, out var late))
        {
            _setup.Sink.OnDefinition(late, default);
        }

        while (_isAttached && _wants.TryAsk(now, out var hash))
        {
            SendDefinition(hash);
        }
    }

    private void SendFetch(LaneReader reader, FrameRange range)
    {
        var request = NextRequest();
        _pending[request] = new PendingRequest(SessionMessageType.Fetch, reader, default, null);
        Counters.Fetches++;
        Span<byte> buffer = stackalloc byte[64];
        var writer = new MessageWriter(buffer);
        new FetchMessage(request, reader.Lane, reader.Incarnation, range.From, range.To).Write(ref writer);
        _session!.Send(writer.Written);
    }

    private void SendKeys(LaneReader reader, uint epoch)
    {
        Span<byte> buffer = stackalloc byte[32];
        var writer = new MessageWriter(buffer);
        new KeysMessage(reader.Lane, reader.Incarnation, epoch).Write(ref writer);
        _session!.Send(writer.Written);
    }

    private void SendSnapshot(LaneReader reader)
    {
        var request = NextRequest();
        var assembly = new ChunkAssembly(WireLimits.MaxChunkedBytes);
        _pending[request] = new PendingRequest(SessionMessageType.Snapshot, reader, default, assembly);
        Span<byte> buffer = stackalloc byte[16];
        var writer = new MessageWriter(buffer);
        new SnapshotMessage(request, reader.Lane).Write(ref writer);
        _session!.Send(writer.Written);
    }

    private void SendDefinition(DefinitionHash hash)
    {
        var request = NextRequest();
        var assembly = new ChunkAssembly(WireLimits.MaxDefinitionBytes);
        _pending[request] = new PendingRequest(SessionMessageType.Definition, null, hash, assembly);
        Span<byte> bytes = stackalloc byte[WireSizes.HashBytes];
        hash.Write(bytes);
        Span<byte> buffer = stackalloc byte[64];
        var writer = new MessageWriter(buffer);
        new DefinitionMessage { Request = request, Hash = bytes }.Write(ref writer);
        _session!.Send(writer.Written);
    }

    // Numbers grow within the client's life; 0 stands for what nobody asked for.
    private uint NextRequest() => ++_lastRequest == 0 ? ++_lastRequest : _lastRequest;
}
