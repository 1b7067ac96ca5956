using System.Diagnostics;
using Mesh.Core.Sealing;
using Mesh.Core.Wire;
using Mesh.Core.Wire.Messages;
using Mesh.Core.Wire.Records;

namespace Mesh.Core.Logs;

/// <summary>
/// Reads one lane of one incarnation of a peer: opens its frames and hands on each record once, in order.
/// </summary>
/// <remarks>
/// <code>
/// live frames ─┐                                        ┌─▶ IRecordSink
/// fetched ─────┼─▶ checks, cheapest first ─▶ sequence ──┤
/// heads ───────┘   (SealedHold: no key yet)  (holds)    └─▶ what to ask: FETCH, KEYS, SNAPSHOT
/// </code>
/// A frame is opened when it comes, so only genuine ones are held. Used by the loop only.
/// </remarks>
internal sealed partial class LaneReader : IDisposable
{
    private readonly LaneReaderSetup _setup;
    private readonly IRecordSink _sink;
    private readonly ReaderCounters _counters;
    private readonly FrameSequence _sequence = new(WireLimits.MaxReorderHoldBytes);
    private readonly SealedHold _sealed = new(WireLimits.MaxReorderHoldBytes);
    private readonly EpochWaits _waits = new();
    private readonly Dictionary<uint, EpochKey> _keys = [];
    private SnapshotNeed _need;
    private bool _isSnapshotAsked;
    private TimeSpan _snapshotAskAt;
    private int _snapshotRefusals;
    private bool _isStarted;
    private GapReason _gapReason = GapReason.Overwritten;
    private ulong _headRecord;
    private LaneEnd _end;
    private bool _isOver;

    /// <summary>Makes a reader that has read nothing yet.</summary>
    /// <param name="setup">What it reads, and for whom.</param>
    public LaneReader(LaneReaderSetup setup)
    {
        _setup = setup;
        _sink = setup.Sink;
        _counters = setup.Counters;
    }

    /// <summary>The number of the lane.</summary>
    public ushort Lane => _setup.Lane;

    /// <summary>The incarnation of the publisher.</summary>
    public ulong Incarnation => _setup.Incarnation;

    /// <summary>The topic of its live frames.</summary>
    public Topic Topic => _setup.Topic;

    /// <summary>Number of the last record that was applied, 0 before the first.</summary>
    public ulong LastRecord { get; private set; }

    /// <summary>True while it wants the live frames; false while it fetches pages or has ended.</summary>
    public bool WantsLive => !_isOver && _sequence.WantsLive;

    /// <summary>True when it knows of frames that it has not applied.</summary>
    public bool IsBehind => _sequence.IsBehind || _need != SnapshotNeed.None;

    /// <summary>When <see cref="Tick"/>, or one of the asks, is worth a call.</summary>
    /// <param name="canAsk">False while there is nobody to ask.</param>
    /// <returns>A time; <see cref="TimeSpan.MaxValue"/> for never.</returns>
    public TimeSpan NextAt(bool canAsk)
    {
        if (_isOver || !canAsk)
        {
            return _isOver ? TimeSpan.MaxValue : _sealed.ExpiresAt;
        }

        var next = Earlier(_sequence.NextAskAt, Earlier(_waits.NextAskAt, _sealed.ExpiresAt));
        return _need != SnapshotNeed.None && !_isSnapshotAsked ? Earlier(next, _snapshotAskAt) : next;
    }

    /// <summary>Begins to read, or goes on in a new session.</summary>
    /// <param name="entry">What the publisher holds.</param>
    /// <param name="mode">Where to begin, if nothing was read yet.</param>
    /// <param name="now">Monotonic time.</param>
    public void Attach(in LaneEntry entry, StartMode mode, TimeSpan now)
    {
        if (_isOver)
        {
            return;
        }

        _isSnapshotAsked = false;
        _snapshotAskAt = now;
        _waits.Clear();
        var held = new FrameRange(entry.FirstFrame, entry.LastFrame);

        if (!_isStarted && _need == SnapshotNeed.None)
        {
            Begin(held, mode, now);
        }
        else if (_sequence.IsAwaitingSnapshot)
        {
            _sequence.AskAgain(now);
        }
        else
        {
            GoOn(held, now);
        }

        OnEntry(entry, now);
    }

    /// <summary>Takes what a pushed LANES says of this lane.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="now">Monotonic time.</param>
    public void OnEntry(in LaneEntry entry, TimeSpan now)
    {
        _end = entry.End;
        OnHead(entry.LastFrame, 0, now);
    }

    /// <summary>Takes how far the publisher has come.</summary>
    /// <param name="lastFrame">Its newest frame.</param>
    /// <param name="lastRecord">Its newest record, 0 when that was not said.</param>
    /// <param name="now">Monotonic time.</param>
    public void OnHead(ulong lastFrame, ulong lastRecord, TimeSpan now)
    {
        _headRecord = Math.Max(_headRecord, lastRecord);
        if (!_isOver)
        {
            _sequence.OnHead(lastFrame, now);
            Drain(now);
        }
    }

    /// <summary>Takes a key of this lane.</summary>
    /// <param name="epoch">Its epoch.</param>
    /// <param name="key">The key; the reader disposes it.</param>
    /// <param name="now">Monotonic time.</param>
    public void OnGrant(uint epoch, EpochKey key, TimeSpan now)
    {
        if (_keys.Remove(epoch, out var old))
        {
            old.Dispose();
        }

        _keys.Add(epoch, key);
        _waits.Remove(epoch);
        ForgetOldKeys();
        RetrySealed(now);
    }

    /// <summary>Takes the end of an answer to a FETCH.</summary>
    /// <param name="request">The request.</param>
    /// <param name="held">The frames that the publisher holds.</param>
    /// <param name="now">Monotonic time.</param>
    public void OnFetched(uint request, FrameRange held, TimeSpan now)
    {
        if (!_isOver)
        {
            _sequence.OnFetched(request, held, now);
            Drain(now);
        }
    }

    /// <summary>Takes an error as the answer to a FETCH.</summary>
    /// <param name="request">The request.</param>
    /// <param name="now">Monotonic time.</param>
    public void OnFetchRefused(uint request, TimeSpan now)
    {
        if (!_isOver)
        {
            _sequence.OnRefused(request, now);
            Drain(now);
        }
    }

    /// <summary>Takes the snapshot that was asked for, or learns that it can not be had now.</summary>
    /// <param name="snapshot">The snapshot, untrusted; empty to ask again later.</param>
    /// <param name="now">Monotonic time.</param>
    public void OnSnapshot(ReadOnlySpan<byte> snapshot, TimeSpan now)
    {
        _isSnapshotAsked = false;
        _snapshotAskAt = now + HoleList.MaxDelay;
        if (_isOver || _need == SnapshotNeed.None)
        {
            return;
        }

        if (!TryCheck(snapshot, out var header))
        {
            _counters.BadMessages += snapshot.IsEmpty ? 0 : 1;
            OnSnapshotRefused(now);
            return;
        }

        _snapshotRefusals = 0;

        var need = _need;
        _need = SnapshotNeed.None;
        if (need != SnapshotNeed.Names)
        {
            _sequence.MoveTo(header.AfterFrame + 1);
            CloseGap(header.AfterRecord + 1);
            LastRecord = Math.Max(LastRecord, header.AfterRecord);
            _isStarted = true;
        }

        _sink.OnSnapshot(snapshot, need == SnapshotNeed.Configuration);
        Drain(now);
    }

    /// <summary>Gives frames to FETCH.</summary>
    /// <param name="now">Monotonic time.</param>
    /// <param name="request">The number that the request will have.</param>
    /// <param name="range">The frames.</param>
    /// <returns>False when nothing is to be fetched now.</returns>
    public bool TryAskFrames(TimeSpan now, uint request, out FrameRange range)
    {
        range = default;
        return !_isOver && _sequence.TryAsk(now, request, out range);
    }

    /// <summary>Gives an epoch to ask the KEYS of.</summary>
    /// <param name="now">Monotonic time.</param>
    /// <param name="epoch">The epoch.</param>
    /// <returns>False when none is to be asked for now.</returns>
    public bool TryAskKey(TimeSpan now, out uint epoch)
    {
        epoch = 0;
        return !_isOver && _waits.TryAsk(now, out epoch);
    }

    /// <summary>Tells whether to ask for a SNAPSHOT, once each time.</summary>
    /// <param name="now">Monotonic time.</param>
    /// <returns>True when it is to be asked for now.</returns>
    public bool TryAskSnapshot(TimeSpan now)
    {
        if (_isOver || _need == SnapshotNeed.None || _isSnapshotAsked || now < _snapshotAskAt)
        {
            return false;
        }

        _isSnapshotAsked = true;
        return true;
    }

    /// <summary>
    /// Lets time pass: drops frames whose key did not come, and goes on when the sink is ready again.
    /// </summary>
    /// <param name="now">Monotonic time.</param>
    public void Tick(TimeSpan now)
    {
        while (_sealed.ExpiresAt <= now && _sealed.TryTakeOldest(out _, out var buffer, out _, out _))
        {
            SealedHold.Return(buffer);
            _counters.Drop(FrameDrop.NoKey);
            _gapReason = GapReason.NoKey;
        }

        if (_sealed.Count == 0)
        {
            _waits.Clear();
        }

        Drain(now);
    }

    /// <summary>Ends the reading for good: the incarnation is over, or nobody wants the lane any more.</summary>
    /// <param name="isWanted">False when the lane is only not wanted any more; then nothing is said.</param>
    public void Finish(bool isWanted)
    {
        if (_isOver)
        {
            return;
        }

        _isOver = true;
        if (!isWanted)
        {
            return;
        }

        if (_isStarted && (IsBehind || _headRecord > LastRecord))
        {
            DeclareGap(null, GapReason.Ended);
        }

        _sink.OnLaneEnded(Incarnation, Lane, LaneEnd.Unknown);
    }

    /// <summary>Destroys the keys.</summary>
    public void Dispose()
    {
        _isOver = true;
        foreach (var key in _keys.Values)
        {
            key.Dispose();
        }

        _keys.Clear();
    }

    private static TimeSpan Earlier(TimeSpan left, TimeSpan right) => left < right ? left : right;

    // Charts without names are better than none.
    private void OnSnapshotRefused(TimeSpan now)
    {
        _snapshotRefusals++;
        if (_snapshotRefusals >= LaneReaderSetup.MaxSnapshotRefusals)
        {
            _snapshotRefusals = 0;
            _need = SnapshotNeed.None;
            _sequence.MoveTo(_sequence.Next);
            Drain(now);
        }
    }

    // A snapshot is valid as a whole or not at all, so it is read to its end before anything is taken from it.
    private bool TryCheck(ReadOnlySpan<byte> snapshot, out SnapshotHeader header)
    {
        header = default;
        if (!SnapshotReader.TryOpen(snapshot, out var reader))
        {
            return false;
        }

        header = reader.Header;
        return reader.TrySkipAll() && header.Lane == Lane && header.Incarnation == Incarnation
            && header.AfterFrame < ulong.MaxValue && header.AfterRecord < ulong.MaxValue;
    }

    private void Begin(FrameRange held, StartMode mode, TimeSpan now)
    {
        Debug.Assert(!_isStarted, "a reader begins once");
        if (mode == StartMode.History)
        {
            _sequence.Start(held.From, held, now);

            // The charts that began in frames that are no longer held are named by a snapshot only.
            _need = held.From > 1 ? SnapshotNeed.Names : SnapshotNeed.None;
            return;
        }

        _need = mode == StartMode.Snapshot ? SnapshotNeed.Configuration : SnapshotNeed.Place;
        _sequence.AwaitSnapshot(held.To);
    }

    private void GoOn(FrameRange held, TimeSpan now)
    {
        if (_sequence.Next >= held.From)
        {
            _sequence.Start(_sequence.Next, held, now);
            return;
        }

        // What was not read is gone in part: the rest of the history follows behind one gap.
        _sequence.Start(Math.Min(held.From, _sequence.LowestHeld), held, now);
        _need = SnapshotNeed.Names;
    }

    private void ForgetOldKeys()
    {
        // A publisher grants the epochs of the frames that it holds; a flood of grants only makes it unreadable.
        while (_keys.Count > LaneReaderSetup.MaxKeys)
        {
            var oldest = _keys.Keys.Min();
            _keys[oldest].Dispose();
            _ = _keys.Remove(oldest);
        }
    }
}
