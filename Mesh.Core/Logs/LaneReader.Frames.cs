using Mesh.Core.Sealing;
using Mesh.Core.Wire;
using Mesh.Core.Wire.Messages;
using Mesh.Core.Wire.Records;

namespace Mesh.Core.Logs;

/// <content>The way of a frame: checks, order, records.</content>
internal sealed partial class LaneReader
{
    /// <summary>Takes a frame of this lane, live or fetched.</summary>
    /// <param name="frame">The frame as received, untrusted.</param>
    /// <param name="now">Monotonic time.</param>
    public void OnFrame(ReadOnlySpan<byte> frame, TimeSpan now)
    {
        if (_isOver)
        {
            return;
        }

        if (SealedFrame.Read(frame, out var parts) != OpenResult.Opened)
        {
            _counters.Drop(FrameDrop.Malformed);
            return;
        }

        var header = parts.Header;
        if (header.Lane != Lane || header.Incarnation != Incarnation)
        {
            _counters.Drop(FrameDrop.WrongLane);
        }
        else if (!_sequence.Wants(header.FrameNumber))
        {
            var isOld = header.FrameNumber < _sequence.Next + FrameSequence.MaxAhead;
            _counters.Drop(isOld ? FrameDrop.Duplicate : FrameDrop.TooFarAhead);
        }
        else if (_keys.TryGetValue(header.Epoch, out var key))
        {
            OnKnownEpoch(parts, key, now);
        }
        else
        {
            OnUnknownEpoch(frame, header, now);
        }
    }

    private void OnUnknownEpoch(ReadOnlySpan<byte> frame, in FrameHeader header, TimeSpan now)
    {
        _waits.Add(header.Epoch, now);
        if (_sealed.Contains(header.FrameNumber))
        {
            _counters.Drop(FrameDrop.Duplicate);
        }
        else if (!_sealed.TryAdd(header.FrameNumber, frame, now))
        {
            _counters.Drop(FrameDrop.NoKey);
        }
    }

    private void OnKnownEpoch(in SealedFrame frame, EpochKey key, TimeSpan now)
    {
        var result = _setup.Opener.Open(frame, key, _setup.Room.Plaintext, out var length);
        if (result != OpenResult.Opened)
        {
            _counters.Drop(ReasonOf(result));
            return;
        }

        var header = frame.Header;
        var facts = new KeptFrame(header.FrameNumber, header.FirstRecord, header.RecordCount, header.Epoch);
        var plaintext = _setup.Room.Plaintext.AsSpan(0, length);
        var isNext = facts.Number == _sequence.Next && CanApply;
        if (isNext)
        {
            Apply(facts, plaintext);
        }

        var wasLive = _sequence.WantsLive;
        _sequence.OnOpened(facts, plaintext, isNext, now);
        if (wasLive && !_sequence.WantsLive)
        {
            _counters.Demotions++;
        }

        Drain(now);
    }

    private static FrameDrop ReasonOf(OpenResult result) => result switch
    {
        OpenResult.WrongKey => FrameDrop.WrongKey,
        OpenResult.Forged => FrameDrop.Forged,
        OpenResult.BadSignature => FrameDrop.BadSignature,
        _ => FrameDrop.Malformed,
    };

    private bool CanApply => _need == SnapshotNeed.None && _sink.IsReady;

    // A key came: frames that waited for it are frames like any other, the rest waits on.
    private void RetrySealed(TimeSpan now)
    {
        for (var left = _sealed.Count; left > 0; left--)
        {
            _ = _sealed.TryTakeOldest(out var number, out var buffer, out var length, out var since);
            var frame = buffer.AsSpan(0, length);
            if (SealedFrame.Read(frame, out var parts) == OpenResult.Opened && _keys.ContainsKey(parts.Header.Epoch))
            {
                OnFrame(frame, now);
            }
            else
            {
                _ = _sealed.TryAdd(number, frame, since);
            }

            SealedHold.Return(buffer);
        }
    }

    private void Drain(TimeSpan now)
    {
        while (CanApply && !_isOver)
        {
            switch (_sequence.Step(_isStarted))
            {
                case SequenceStep.Ready:
                    _ = _sequence.TryTake(out var facts, out var buffer, out var length);
                    Apply(facts, buffer.AsSpan(0, length));
                    FrameHold.Return(buffer);
                    break;
                case SequenceStep.Skipped when _isStarted:
                    // The lost frames may have named charts.
                    AskFor(SnapshotNeed.Names, now);
                    break;
                case SequenceStep.Skipped:
                    break;
                case SequenceStep.FallenOff:
                    _sequence.AwaitSnapshot(_sequence.Highest);
                    AskFor(SnapshotNeed.Configuration, now);
                    break;
                default:
                    EndIfComplete();
                    return;
            }
        }
    }

    private void AskFor(SnapshotNeed need, TimeSpan now)
    {
        _need = need;
        _isSnapshotAsked = false;
        _snapshotAskAt = now;
    }

    private void EndIfComplete()
    {
        if (_end != LaneEnd.Live && !_sequence.IsBehind)
        {
            _isOver = true;
            _sink.OnLaneEnded(Incarnation, Lane, _end);
        }
    }

    private void Apply(in KeptFrame facts, ReadOnlySpan<byte> plaintext)
    {
        var reader = new RecordReader(plaintext, facts.Count, _setup.Room.Steps);
        var place = new RecordPlace
        {
            Incarnation = Incarnation,
            Lane = Lane,
            Record = facts.FirstRecord,
            Base = reader.Base,
        };

        while (reader.TryRead(out var kind))
        {
            // Records up to a snapshot's are only read, for the steps that are relative to them.
            if (place.Record > LastRecord)
            {
                CloseGap(place.Record);
                Hand(kind, ref reader, place);
                LastRecord = place.Record;
                _isStarted = true;
                _counters.AppliedRecords++;
            }

            place.Record++;
        }

        _sink.OnFrameEnd();
        _counters.AppliedFrames++;
        _gapReason = GapReason.Overwritten;
        if (reader.Refusal != RecordRefusal.None)
        {
            _counters.Drop(FrameDrop.BadRecords);
            _gapReason = GapReason.Malformed;
        }
    }

    private void Hand(RecordKind kind, ref RecordReader reader, in RecordPlace place)
    {
        switch (kind)
        {
            case RecordKind.Step:
                _sink.OnStep(place, reader.ChartNumber, reader.Step, reader.Notes);
                break;
            case RecordKind.Trace:
                _sink.OnTrace(place, reader.ChartNumber, reader.Trace);
                break;
            case RecordKind.Chart:
                _sink.OnChart(place, reader.Chart);
                break;
            case RecordKind.Name:
                _sink.OnName(place, reader.Name);
                break;
            case RecordKind.Lost:
                _sink.OnLost(place, reader.Lost);
                break;
            case RecordKind.End:
                _sink.OnEnd(place, reader.End);
                break;
            default:
                // A kind of a later version: it has a number and says nothing here.
                break;
        }
    }

    private void CloseGap(ulong before)
    {
        if (_isStarted && before > LastRecord + 1)
        {
            DeclareGap(before, _gapReason);
        }
    }

    private void DeclareGap(ulong? before, GapReason reason)
    {
        _counters.Gaps++;
        _sink.OnGap(new Gap(Incarnation, Lane, LastRecord, before, reason));
    }
}
