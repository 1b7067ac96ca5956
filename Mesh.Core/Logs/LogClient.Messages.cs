using Mesh.Core.Sealing;
using Mesh.Core.Wire.Messages;

namespace Mesh.Core.Logs;

/// <content>The messages of the publisher.</content>
internal sealed partial class LogClient
{
    /// <summary>Takes a session message.</summary>
    /// <param name="message">The plaintext, untrusted.</param>
    /// <param name="type">What it claims to be.</param>
    /// <param name="now">Monotonic time.</param>
    /// <returns>
    /// False when messages of this type, or the answer to such a request, are not for a log client; nothing was done
    /// then.
    /// </returns>
    public bool Handle(ReadOnlySpan<byte> message, SessionMessageType type, TimeSpan now)
    {
        switch (type)
        {
            case SessionMessageType.Lanes:
                OnLanes(message, now);
                break;
            case SessionMessageType.Grant:
                OnGrant(message, now);
                break;
            case SessionMessageType.Frame:
                OnFrame(message, now);
                break;
            case SessionMessageType.Fetched:
                OnFetched(message, now);
                break;
            case SessionMessageType.Chunk:
                OnChunk(message, now);
                break;
            case SessionMessageType.Error:
                return OnError(message, now);
            default:
                return false;
        }

        Tick(now);
        return true;
    }

    private void OnLanes(ReadOnlySpan<byte> message, TimeSpan now)
    {
        if (!LanesMessage.TryRead(message, out var lanes))
        {
            Counters.BadMessages++;
            return;
        }

        var isAnswer = lanes.Request != 0 && lanes.Request == _attachRequest;
        if (isAnswer)
        {
            _isAttached = true;
            _ = _pending.Remove(lanes.Request);
            StopUnlisted(lanes.Lanes);
        }

        foreach (ref readonly var entry in lanes.Lanes.AsSpan())
        {
            if (entry.Kind is LaneKinds.Spy or LaneKinds.Trace)
            {
                OnEntry(entry, isAnswer, now);
            }
        }
    }

    private void OnEntry(in LaneEntry entry, bool isAnswer, TimeSpan now)
    {
        var mode = _setup.Start;
        if (_readers.TryGetValue(entry.Lane, out var reader) && reader.Incarnation < entry.Incarnation)
        {
            // The peer began anew while this reader knew it: everything of the new incarnation is news.
            reader.Finish(isWanted: true);
            reader.Dispose();
            reader = null;
            mode = StartMode.History;
        }

        if (reader is null && _readers.Count < MaxLanes)
        {
            reader = new LaneReader(new LaneReaderSetup
            {
                Lane = entry.Lane,
                Incarnation = entry.Incarnation,
                Topic = entry.Topic,
                Opener = _setup.Opener,
                Room = _setup.Room,
                Sink = _setup.Sink,
                Counters = Counters,
            });
            _readers[entry.Lane] = reader;
            reader.Attach(entry, mode, now);
        }
        else if (reader is null || reader.Incarnation != entry.Incarnation)
        {
            // A lane too many, or an incarnation that is over and was read as far as it could be.
            Counters.BadMessages++;
        }
        else if (isAnswer)
        {
            reader.Attach(entry, mode, now);
        }
        else
        {
            reader.OnEntry(entry, now);
        }
    }

    private void StopUnlisted(LaneEntry[] entries)
    {
        foreach (var (lane, reader) in _readers)
        {
            if (!Array.Exists(entries, entry => entry.Lane == lane))
            {
                reader.Finish(isWanted: false);
                reader.Dispose();
                _ = _readers.Remove(lane);
            }
        }
    }

    private void OnGrant(ReadOnlySpan<byte> message, TimeSpan now)
    {
        if (GrantMessage.TryRead(message, out var grant)
            && _readers.TryGetValue(grant.Lane, out var reader) && reader.Incarnation == grant.Incarnation)
        {
            reader.OnGrant(grant.Epoch, EpochKey.Import(_setup.Primitives, grant.Key), now);
        }
        else
        {
            Counters.BadMessages++;
        }
    }

    private void OnFrame(ReadOnlySpan<byte> message, TimeSpan now)
    {
        if (FrameMessage.TryRead(message, out var frame)
            && _pending.TryGetValue(frame.Request, out var pending) && pending.Type == SessionMessageType.Fetch)
        {
            Counters.FetchedFrames++;
            pending.Reader!.OnFrame(frame.Frame, now);
        }
        else
        {
            Counters.BadMessages++;
        }
    }

    private void OnFetched(ReadOnlySpan<byte> message, TimeSpan now)
    {
        if (FetchedMessage.TryRead(message, out var fetched)
            && _pending.TryGetValue(fetched.Request, out var pending) && pending.Type == SessionMessageType.Fetch)
        {
            _ = _pending.Remove(fetched.Request);
            pending.Reader!.OnFetched(fetched.Request, new FrameRange(fetched.FirstHeld, fetched.LastHeld), now);
        }
        else
        {
            Counters.BadMessages++;
        }
    }

    private void OnChunk(ReadOnlySpan<byte> message, TimeSpan now)
    {
        if (!ChunkMessage.TryRead(message, out var chunk)
            || !_pending.TryGetValue(chunk.Request, out var pending) || pending.Assembly is null)
        {
            Counters.BadMessages++;
            return;
        }

        if (!pending.Assembly.TryAdd(chunk.TotalBytes, chunk.Offset, chunk.Bytes))
        {
            Counters.BadMessages++;
            Refuse(chunk.Request, pending, now);
        }
        else if (pending.Assembly.IsComplete)
        {
            _ = _pending.Remove(chunk.Request);
            OnWhole(pending, now);
        }
    }

    private void OnWhole(in PendingRequest pending, TimeSpan now)
    {
        var whole = pending.Assembly!.Whole;
        if (pending.Type == SessionMessageType.Snapshot)
        {
            pending.Reader!.OnSnapshot(whole.Span, now);
        }
        else if (_wants.Remove(pending.Hash))
        {
            // What does not have the hash that was asked for is as good as nothing.
            _setup.Sink.OnDefinition(pending.Hash, DefinitionHash.Of(whole.Span) == pending.Hash ? whole : default);
        }
    }

    private bool OnError(ReadOnlySpan<byte> message, TimeSpan now)
    {
        if (!ErrorMessage.TryRead(message, out var error) || !_pending.TryGetValue(error.Request, out var pending))
        {
            return error.Type == SessionMessageType.Keys;
        }

        Refuse(error.Request, pending, now);
        Tick(now);
        return true;
    }

    private void Refuse(uint request, in PendingRequest pending, TimeSpan now)
    {
        _ = _pending.Remove(request);
        switch (pending.Type)
        {
            case SessionMessageType.Fetch:
                pending.Reader!.OnFetchRefused(request, now);
                break;
            case SessionMessageType.Snapshot:
                pending.Reader!.OnSnapshot([], now);
                break;
            case SessionMessageType.Definition when _wants.Remove(pending.Hash):
                _setup.Sink.OnDefinition(pending.Hash, default);
                break;
            default:
                // An ATTACH that was refused: a change of rights will bring another try.
                break;
        }
    }
}
