using System.Diagnostics;

namespace Mesh.Core.Logs;

/// <summary>Puts the frames of one lane in order: what comes next, what is missing, what is gone.</summary>
/// <remarks>
/// <code>
///            hold overflows, or more than half of the ring behind
///   ┌──────┐ ───────────────────────────────────────────▶ ┌────────┐
///   │ Live │                                              │ Paging │  one page at a time, no subscription
///   └──────┘ ◀─────────────────────────────────────────── └────────┘
///       ▲         what is missing fits into half the hold      │ the next frame is gone
///       │                                                      ▼
///       └───────────────── snapshot ───────────────── AwaitingSnapshot
/// </code>
/// It sees frames only after they passed every check. One thread uses it.
/// </remarks>
internal sealed class FrameSequence
{
    /// <summary>How far ahead of the next frame a number may lie.</summary>
    public const ulong MaxAhead = 1UL << 24;

    /// <summary>The highest number that is believed: no lane gets that far.</summary>
    public const ulong MaxNumber = 1UL << 62;

    /// <summary>How many answers without a frame make it count as lost: about five seconds of asking.</summary>
    public const int MaxTries = 8;

    private const int PageBytes = 2 << 20;
    private const int MinPageFrames = 16;
    private const int MaxPageFrames = 8_192;
    private const int AverageShift = 4;

    private readonly HoleList _holes = new();
    private readonly FrameHold _hold;
    private readonly int _maxHoldBytes;
    private ulong _firstHeld = 1;
    private int _averageBytes = 60_000;
    private uint _pageRequest;

    /// <summary>Makes a sequence that waits to be started.</summary>
    /// <param name="maxHoldBytes">The most bytes of frames that wait for their turn.</param>
    public FrameSequence(int maxHoldBytes)
    {
        _maxHoldBytes = maxHoldBytes;
        _hold = new FrameHold(maxHoldBytes);
    }

    /// <summary>The number of the frame to apply next.</summary>
    public ulong Next { get; private set; } = 1;

    /// <summary>The highest number known to exist.</summary>
    public ulong Highest { get; private set; }

    /// <summary>The lowest number that waits for its turn; <see cref="ulong.MaxValue"/> when none does.</summary>
    public ulong LowestHeld => _hold.Lowest;

    /// <summary>True while the reader should be subscribed to the live frames.</summary>
    public bool WantsLive => !IsPaging;

    /// <summary>True while the reader fetches pages instead of listening.</summary>
    public bool IsPaging { get; private set; }

    /// <summary>True while a snapshot decides where to go on.</summary>
    public bool IsAwaitingSnapshot { get; private set; }

    /// <summary>True when frames are known that have not been applied.</summary>
    public bool IsBehind => Next <= Highest;

    /// <summary>When <see cref="TryAsk"/> has something to say; <see cref="TimeSpan.MaxValue"/> for never.</summary>
    public TimeSpan NextAskAt => CanAsk ? _holes.NextAskAt : TimeSpan.MaxValue;

    // Not while a snapshot may make it needless, not more than one page, and not what there is no room for.
    private bool CanAsk => !IsAwaitingSnapshot
        && (!IsPaging || _pageRequest == 0)
        && (_hold.Bytes < _maxHoldBytes / 2 || _holes.Lowest == Next);

    private ulong PageFrames => (ulong)Math.Clamp(PageBytes / _averageBytes, MinPageFrames, MaxPageFrames);

    /// <summary>Begins, or goes on after a pause, at a frame.</summary>
    /// <param name="next">The first frame to apply.</param>
    /// <param name="held">The frames that the publisher holds; an empty one ends before it begins.</param>
    /// <param name="now">Monotonic time.</param>
    public void Start(ulong next, FrameRange held, TimeSpan now)
    {
        next = Math.Min(next, MaxNumber);
        Next = next;
        _firstHeld = held.From;
        _hold.DropBelow(next);
        _ = _holes.DropBelow(Math.Max(next, held.From));
        Highest = Math.Max(Highest, next - 1);
        NoteHead(held.To, now);
        IsPaging = false;
        AskAgain(now);
        Reconsider();
    }

    /// <summary>Makes everything that is missing due at once: the answers of an old session will not come.</summary>
    /// <param name="now">Monotonic time.</param>
    public void AskAgain(TimeSpan now)
    {
        _holes.AskAgain(now);
        _pageRequest = 0;
    }

    /// <summary>Forgets what is known and keeps what comes from now on, until <see cref="MoveTo"/>.</summary>
    /// <param name="highest">The newest frame that is known of.</param>
    public void AwaitSnapshot(ulong highest)
    {
        Highest = Math.Max(Highest, Math.Min(highest, MaxNumber));
        Next = Highest + 1;
        _hold.DropBelow(Next);
        _holes.Clear();
        _pageRequest = 0;
        IsPaging = false;
        IsAwaitingSnapshot = true;
    }

    /// <summary>Goes on at the frame after a snapshot.</summary>
    /// <param name="next">That frame.</param>
    public void MoveTo(ulong next)
    {
        IsAwaitingSnapshot = false;
        next = Math.Min(next, MaxNumber);
        if (next > Next)
        {
            Next = next;
            Highest = Math.Max(Highest, next - 1);
            _hold.DropBelow(next);
            _ = _holes.DropBelow(next);
        }
    }

    /// <summary>Tells whether a frame is worth opening.</summary>
    /// <param name="number">The number that it claims.</param>
    /// <returns>False when it was applied, is held, or lies too far ahead.</returns>
    public bool Wants(ulong number) =>
        number >= Next && number - Next < MaxAhead && number <= MaxNumber && !_hold.Contains(number);

    /// <summary>Notes a frame that passed every check and, unless it is applied at once, keeps a copy of it.</summary>
    /// <param name="facts">Its number and its records.</param>
    /// <param name="plaintext">What it holds.</param>
    /// <param name="isApplied">True when the caller has applied it: it is the next one.</param>
    /// <param name="now">Monotonic time.</param>
    public void OnOpened(in KeptFrame facts, ReadOnlySpan<byte> plaintext, bool isApplied, TimeSpan now)
    {
        _averageBytes += (plaintext.Length - _averageBytes) >> AverageShift;
        _averageBytes = Math.Max(_averageBytes, 1);
        if (facts.Number > Highest + 1 && _holes.IsFull)
        {
            // So many holes that one more can not be noted: the frame becomes part of the last one.
            NoteHead(facts.Number, now);
            Demote();
            return;
        }

        NoteSeen(facts.Number, now);
        if (isApplied)
        {
            Debug.Assert(facts.Number == Next, "frames are applied in order");
            Next++;
        }
        else if (!TryHold(facts, plaintext, now))
        {
            _holes.Add(new FrameRange(facts.Number, facts.Number), now + HoleList.FirstDelay);
            Demote();
        }
    }

    /// <summary>Notes how far the publisher has come.</summary>
    /// <param name="last">The number of its newest frame.</param>
    /// <param name="now">Monotonic time.</param>
    public void OnHead(ulong last, TimeSpan now)
    {
        NoteHead(last, now);
        Reconsider();
    }

    /// <summary>Notes the end of an answer to a FETCH.</summary>
    /// <param name="request">The request.</param>
    /// <param name="held">The frames that the publisher holds.</param>
    /// <param name="now">Monotonic time.</param>
    public void OnFetched(uint request, FrameRange held, TimeSpan now)
    {
        OnRefused(request, now);
        _firstHeld = Math.Max(_firstHeld, held.From);
        _ = _holes.DropBelow(held.From);
        NoteHead(held.To, now);
        Reconsider();
    }

    /// <summary>Notes that a FETCH was answered by an error.</summary>
    /// <param name="request">The request.</param>
    /// <param name="now">Monotonic time.</param>
    public void OnRefused(uint request, TimeSpan now)
    {
        _holes.Answered(request, now);
        _ = _holes.DropTried(MaxTries);
        if (_pageRequest == request)
        {
            _pageRequest = 0;
        }
    }

    /// <summary>Looks at the place to go on, and moves it past frames that are gone.</summary>
    /// <param name="isStarted">True when something was applied: then a loss while paging ends the paging.</param>
    /// <returns>What stands there.</returns>
    public SequenceStep Step(bool isStarted)
    {
        if (_hold.Contains(Next))
        {
            return SequenceStep.Ready;
        }

        if (Next > Highest || _holes.Contains(Next))
        {
            return SequenceStep.Waiting;
        }

        var rest = Math.Min(Math.Min(_holes.Lowest, _hold.Lowest), Highest + 1);
        if (isStarted && (IsPaging || !_hold.Contains(rest)))
        {
            return SequenceStep.FallenOff;
        }

        Next = rest;
        return SequenceStep.Skipped;
    }

    /// <summary>Takes the next frame out of the hold.</summary>
    /// <param name="facts">Its number and its records.</param>
    /// <param name="buffer">The caller's; to be returned with <see cref="FrameHold.Return"/>.</param>
    /// <param name="length">How many bytes of it count.</param>
    /// <returns>False when it is not held.</returns>
    public bool TryTake(out KeptFrame facts, out byte[] buffer, out int length)
    {
        if (!_hold.TryTake(Next, out facts, out buffer, out length))
        {
            return false;
        }

        Next++;
        return true;
    }

    /// <summary>Gives the next frames to ask for.</summary>
    /// <param name="now">Monotonic time.</param>
    /// <param name="request">The number of the request, not 0.</param>
    /// <param name="range">The frames.</param>
    /// <returns>False when nothing is due, or a page is under way.</returns>
    public bool TryAsk(TimeSpan now, uint request, out FrameRange range)
    {
        range = default;
        if (!CanAsk || !_holes.TryAsk(now, request, PageFrames, out range))
        {
            return false;
        }

        _pageRequest = IsPaging ? request : 0;
        return true;
    }

    private void NoteHead(ulong last, TimeSpan now)
    {
        last = Math.Min(last, MaxNumber);
        if (last > Highest)
        {
            _holes.Add(new FrameRange(Highest + 1, last), now + HoleList.FirstDelay);
            Highest = last;
        }
    }

    private void NoteSeen(ulong number, TimeSpan now)
    {
        if (number <= Highest)
        {
            _ = _holes.Fill(number);
            return;
        }

        NoteHead(number - 1, now);
        Highest = number;
    }

    // A frame that is needed earlier takes the place of those that are needed last.
    private bool TryHold(in KeptFrame facts, ReadOnlySpan<byte> plaintext, TimeSpan now)
    {
        while (!_hold.TryAdd(facts, plaintext))
        {
            Demote();
            if (_holes.IsFull || !_hold.TryDropHighest(facts.Number, out var dropped))
            {
                return false;
            }

            _holes.Add(new FrameRange(dropped, dropped), now + HoleList.FirstDelay);
        }

        return true;
    }

    private void Reconsider()
    {
        if (IsAwaitingSnapshot)
        {
            return;
        }

        var missing = Highest + 1 - Math.Min(_holes.Lowest, Highest + 1);
        var isNear = missing * (ulong)_averageBytes <= (ulong)_maxHoldBytes / 2;
        if (IsPaging)
        {
            IsPaging = !isNear;
            _pageRequest = IsPaging ? _pageRequest : 0;
        }
        else if (!isNear && IsFarBehind())
        {
            Demote();
        }
    }

    // While nothing was overwritten yet there is no hurry, but what does not fit the hold is better read in pages.
    private bool IsFarBehind() =>
        (Highest + 1 - Next) > (Highest + 1 - _firstHeld) / 2 || _firstHeld == 1;

    private void Demote()
    {
        if (!IsAwaitingSnapshot)
        {
            IsPaging = true;
        }
    }
}
