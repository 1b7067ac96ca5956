using System.Security.Cryptography;
using Mesh.Core.Sealing;
using Mesh.Core.Wire;
using Mesh.Core.Wire.MessagePack;
using Mesh.Core.Wire.Messages;

namespace Mesh.Core.Logs;

/// <summary>The publisher's end of one session: answers what its reader asks about this node's log.</summary>
/// <remarks>
/// <para>Control messages go to the <see cref="IMessageSink"/> at once. Frames and chunks are made when the session
/// asks for them (<see cref="TryProduce"/>), so nothing waits in a queue but the requests. Used by the loop
/// only.</para>
/// <para>The reader's rights come as the kinds of lanes that it may read: with the spy right both, with the trace right
/// alone only <see cref="LaneKinds.Trace"/>. A right includes the history that is held.</para>
/// </remarks>
internal sealed class LogServer
{
    private const int ListedLaneBytes = 64;

    private readonly NodeLog _log;
    private readonly IMessageSink _sink;
    private readonly BulkQueue _bulk;
    private readonly HashSet<ushort> _lanes = [];
    private LaneKinds _allowed;

    /// <summary>Opens the log to a peer; <see cref="Close"/> ends that.</summary>
    /// <param name="log">This node's log.</param>
    /// <param name="sink">The session with the peer.</param>
    /// <param name="allowed">Which kinds of lanes the peer may read.</param>
    public LogServer(NodeLog log, IMessageSink sink, LaneKinds allowed)
    {
        _log = log;
        _sink = sink;
        _allowed = allowed;
        _bulk = new BulkQueue(sink);
        log.Add(this);
    }

    /// <summary>Takes a session message.</summary>
    /// <param name="message">The plaintext, untrusted.</param>
    /// <param name="type">What it claims to be.</param>
    /// <returns>False when messages of this type are not for a log server; nothing was done then.</returns>
    public bool Handle(ReadOnlySpan<byte> message, SessionMessageType type)
    {
        switch (type)
        {
            case SessionMessageType.Attach:
                OnAttach(message);
                return true;
            case SessionMessageType.Keys:
                OnKeys(message);
                return true;
            case SessionMessageType.Fetch:
                OnFetch(message);
                return true;
            case SessionMessageType.Snapshot:
                OnSnapshot(message);
                return true;
            case SessionMessageType.Definition:
                OnDefinition(message);
                return true;
            case SessionMessageType.Detach:
                OnDetach(message);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Makes the next bulk message; see <see cref="BulkQueue.TryProduce"/>.</summary>
    /// <param name="destination">Room for it; may be less than a full one.</param>
    /// <param name="now">Monotonic time.</param>
    /// <param name="length">How many bytes it has.</param>
    /// <returns>False when there is nothing to send now.</returns>
    public bool TryProduce(Span<byte> destination, TimeSpan now, out int length) =>
        _bulk.TryProduce(destination, now, out length);

    /// <summary>When <see cref="TryProduce"/> is worth a call; <see cref="TimeSpan.MaxValue"/> for never.</summary>
    /// <param name="now">Monotonic time.</param>
    /// <returns>A time; <paramref name="now"/> for at once.</returns>
    public TimeSpan NextProduceAt(TimeSpan now) => _bulk.NextAt(now);

    /// <summary>How far the lanes have come that the peer is attached to, for a PING.</summary>
    /// <returns>One head a lane.</returns>
    public LaneHead[] Heads()
    {
        var heads = new LaneHead[_lanes.Count];
        var count = 0;
        foreach (var lane in _log.Lanes)
        {
            if (_lanes.Contains(lane.Lane))
            {
                heads[count++] = lane.Head;
            }
        }

        return heads[..count];
    }

    /// <summary>
    /// Changes what the peer may read; what it gained it attaches to itself. Who takes a right away replaces the epochs
    /// of the log after it (<see cref="NodeLog.ReplaceEpochs"/>).
    /// </summary>
    /// <param name="allowed">Which kinds of lanes.</param>
    public void Allow(LaneKinds allowed)
    {
        _allowed = allowed;
        if (_lanes.RemoveWhere(number => !MayRead(number)) > 0)
        {
            _bulk.Clear();
        }
    }

    /// <summary>Ends the service: the session is over.</summary>
    public void Close()
    {
        _allowed = LaneKinds.None;
        _lanes.Clear();
        _bulk.Clear();
        _log.Remove(this);
    }

    /// <summary>Tells the peer of a new key, if it is attached to that lane.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="epoch">The epoch.</param>
    internal void OnEpoch(LaneLog lane, LaneEpoch epoch)
    {
        if (_lanes.Contains(lane.Lane))
        {
            SendGrant(lane, epoch);
        }
    }

    /// <summary>Tells the peer that a lane began or ended, if it wants lanes of that kind.</summary>
    /// <param name="lane">The lane.</param>
    internal void OnLaneChanged(LaneLog lane)
    {
        if (_lanes.Contains(lane.Lane))
        {
            SendLanes(0, [lane.Entry]);
        }
    }

    private void OnAttach(ReadOnlySpan<byte> message)
    {
        if (!AttachMessage.TryRead(message, out var attach))
        {
            SendError(0, SessionMessageType.Attach, SessionErrorCode.Malformed);
            return;
        }

        var kind = KindFor(attach.Kinds);
        if (kind == LaneKinds.None)
        {
            SendError(attach.Request, SessionMessageType.Attach, SessionErrorCode.NoRight);
            return;
        }

        // A reader of the spy lane derives the trace itself and needs no other.
        var lane = kind == LaneKinds.Spy ? _log.Spy : _log.OpenTrace();
        _lanes.Clear();
        _ = _lanes.Add(lane.Lane);
        SendLanes(attach.Request, [lane.Entry]);
        foreach (var epoch in lane.Epochs)
        {
            SendGrant(lane, epoch);
        }
    }

    private LaneKinds KindFor(LaneKinds wanted)
    {
        if ((wanted & _allowed & LaneKinds.Spy) != 0)
        {
            return LaneKinds.Spy;
        }

        return wanted != LaneKinds.None ? _allowed & LaneKinds.Trace : LaneKinds.None;
    }

    private void OnKeys(ReadOnlySpan<byte> message)
    {
        if (!KeysMessage.TryRead(message, out var keys))
        {
            SendError(0, SessionMessageType.Keys, SessionErrorCode.Malformed);
        }
        else if (TryFind(0, SessionMessageType.Keys, keys.Lane, keys.Incarnation, out var lane))
        {
            foreach (var epoch in lane.Epochs)
            {
                if (epoch.Number == keys.Epoch)
                {
                    SendGrant(lane, epoch);
                    return;
                }
            }

            SendError(0, SessionMessageType.Keys, SessionErrorCode.NotHeld);
        }
    }

    private void OnFetch(ReadOnlySpan<byte> message)
    {
        if (!FetchMessage.TryRead(message, out var fetch))
        {
            SendError(0, SessionMessageType.Fetch, SessionErrorCode.Malformed);
        }
        else if (TryFind(fetch.Request, SessionMessageType.Fetch, fetch.Lane, fetch.Incarnation, out var lane)
            && HasRoom(fetch.Request, SessionMessageType.Fetch))
        {
            _bulk.Add(new FetchJob(fetch.Request, lane, new FrameRange(fetch.From, fetch.To)));
        }
    }

    private void OnSnapshot(ReadOnlySpan<byte> message)
    {
        if (!SnapshotMessage.TryRead(message, out var snapshot))
        {
            SendError(0, SessionMessageType.Snapshot, SessionErrorCode.Malformed);
        }
        else if (TryFind(snapshot.Request, SessionMessageType.Snapshot, snapshot.Lane, _log.Incarnation, out var lane)
            && HasRoom(snapshot.Request, SessionMessageType.Snapshot))
        {
            _bulk.Add(new ChunkJob(snapshot.Request, SessionMessageType.Snapshot, lane.MakeSnapshot));
        }
    }

    private void OnDefinition(ReadOnlySpan<byte> message)
    {
        if (!DefinitionMessage.TryRead(message, out var definition))
        {
            SendError(0, SessionMessageType.Definition, SessionErrorCode.Malformed);
        }
        else if (_lanes.Count == 0)
        {
            SendError(definition.Request, SessionMessageType.Definition, SessionErrorCode.NoRight);
        }
        else if (!_log.Definitions.TryGet(definition.Hash, out var bytes))
        {
            SendError(definition.Request, SessionMessageType.Definition, SessionErrorCode.NotHeld);
        }
        else if (HasRoom(definition.Request, SessionMessageType.Definition))
        {
            _bulk.Add(new ChunkJob(definition.Request, SessionMessageType.Definition, () => bytes));
        }
    }

    private void OnDetach(ReadOnlySpan<byte> message)
    {
        if (DetachMessage.TryRead(message, out var detach))
        {
            _ = _lanes.Remove(detach.Lane);
        }
        else
        {
            SendError(0, SessionMessageType.Detach, SessionErrorCode.Malformed);
        }
    }

    private bool TryFind(uint request, SessionMessageType type, ushort number, ulong incarnation, out LaneLog lane)
    {
        lane = null!;
        if (!_lanes.Contains(number))
        {
            SendError(request, type, MayRead(number) ? SessionErrorCode.UnknownLane : SessionErrorCode.NoRight);
            return false;
        }

        if (!_log.TryFind(number, incarnation, out lane))
        {
            SendError(request, type, SessionErrorCode.UnknownLane);
            return false;
        }

        return true;
    }

    private bool MayRead(ushort number) =>
        !_log.TryFind(number, _log.Incarnation, out var lane) || (lane.Kind & _allowed) != 0;

    private bool HasRoom(uint request, SessionMessageType type)
    {
        var hasRoom = _bulk.Count < WireLimits.MaxOutstandingFetches;
        if (!hasRoom)
        {
            SendError(request, type, SessionErrorCode.Limit);
        }

        return hasRoom;
    }

    private void SendLanes(uint request, LaneEntry[] lanes)
    {
        Span<byte> buffer = stackalloc byte[ListedLaneBytes * 2];
        var writer = new MessageWriter(buffer);
        new LanesMessage(request, lanes).Write(ref writer);
        _sink.Send(writer.Written);
    }

    private void SendGrant(LaneLog lane, LaneEpoch epoch)
    {
        Span<byte> key = stackalloc byte[EpochKey.SizeBytes];
        Span<byte> buffer = stackalloc byte[128];
        epoch.Key.CopyTo(key);
        var writer = new MessageWriter(buffer);
        new GrantMessage
        {
            Lane = lane.Lane,
            Incarnation = lane.Incarnation,
            Epoch = epoch.Number,
            Key = key,
            FirstFrame = epoch.FirstFrame,
        }.Write(ref writer);
        _sink.Send(writer.Written);
        CryptographicOperations.ZeroMemory(key);
        CryptographicOperations.ZeroMemory(buffer);
    }

    private void SendError(uint request, SessionMessageType type, SessionErrorCode code)
    {
        _log.Refusals.Count(code);
        Span<byte> buffer = stackalloc byte[32];
        var writer = new MessageWriter(buffer);
        new ErrorMessage(request, type, code, string.Empty).Write(ref writer);
        _sink.Send(writer.Written);
    }
}
