using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Mesh.Core.Logs;

/// <summary>The frames that a reader knows of and does not have, and when it asks for them (again).</summary>
/// <remarks>
/// A hole is asked for <see cref="FirstDelay"/> after it was seen, because most are only frames that come late; each
/// further time the wait doubles, up to <see cref="MaxDelay"/>. While a request for it is under way it is not asked for
/// again. Holes are kept in order, do not overlap, and are at most <see cref="MaxHoles"/>.
/// </remarks>
internal sealed class HoleList
{
    /// <summary>The greatest number of separate holes.</summary>
    public const int MaxHoles = 1_024;

    /// <summary>The wait before the first request: 20 ms.</summary>
    public static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(20);

    /// <summary>The longest wait between two requests: 2 s.</summary>
    public static readonly TimeSpan MaxDelay = TimeSpan.FromSeconds(2);

    private readonly List<Hole> _holes = [];

    /// <summary>True when no frame is missing.</summary>
    public bool IsEmpty => _holes.Count == 0;

    /// <summary>True when no further hole can be kept.</summary>
    public bool IsFull => _holes.Count >= MaxHoles;

    /// <summary>The lowest missing frame; <see cref="ulong.MaxValue"/> when none is.</summary>
    public ulong Lowest => IsEmpty ? ulong.MaxValue : _holes[0].From;

    /// <summary>When the next hole is due; <see cref="TimeSpan.MaxValue"/> when none is waiting.</summary>
    public TimeSpan NextAskAt
    {
        get
        {
            var next = TimeSpan.MaxValue;
            foreach (ref readonly var hole in Span)
            {
                if (hole.Request == 0 && hole.AskAt < next)
                {
                    next = hole.AskAt;
                }
            }

            return next;
        }
    }

    private Span<Hole> Span => CollectionsMarshal.AsSpan(_holes);

    /// <summary>Notes missing frames, none of which is noted yet.</summary>
    /// <param name="range">The frames.</param>
    /// <param name="askAt">When they are due to be asked for.</param>
    public void Add(FrameRange range, TimeSpan askAt)
    {
        var index = IndexAtOrAfter(range.From);
        Debug.Assert(index == _holes.Count || range.To < _holes[index].From, "holes do not overlap");

        if (index > 0)
        {
            ref var before = ref Span[index - 1];
            if (before.To + 1 == range.From && (before.Request == 0 || IsFull))
            {
                before.To = range.To;
                return;
            }
        }

        _holes.Insert(index, new Hole { From = range.From, To = range.To, AskAt = askAt, Delay = FirstDelay });
    }

    /// <summary>Notes that a frame came.</summary>
    /// <param name="number">Its number.</param>
    /// <returns>False when it was not missing.</returns>
    public bool Fill(ulong number)
    {
        var index = IndexAtOrAfter(number);
        if (index == _holes.Count || _holes[index].From > number)
        {
            return false;
        }

        ref var hole = ref Span[index];
        if (hole.From == hole.To)
        {
            _holes.RemoveAt(index);
        }
        else if (number == hole.From)
        {
            hole.From++;
        }
        else if (number == hole.To)
        {
            hole.To--;
        }
        else
        {
            var rest = hole with { From = number + 1 };
            hole.To = number - 1;
            _holes.Insert(index + 1, rest);
        }

        return true;
    }

    /// <summary>Tells whether a frame is noted as missing.</summary>
    /// <param name="number">Its number.</param>
    /// <returns>True when it is.</returns>
    public bool Contains(ulong number)
    {
        var index = IndexAtOrAfter(number);
        return index < _holes.Count && _holes[index].From <= number;
    }

    /// <summary>Forgets the missing frames below a number: they are gone for good.</summary>
    /// <param name="floor">The lowest frame that can still come.</param>
    /// <returns>True when any was forgotten.</returns>
    public bool DropBelow(ulong floor)
    {
        var whole = 0;
        while (whole < _holes.Count && _holes[whole].To < floor)
        {
            whole++;
        }

        _holes.RemoveRange(0, whole);
        if (!IsEmpty && _holes[0].From < floor)
        {
            Span[0].From = floor;
            return true;
        }

        return whole > 0;
    }

    /// <summary>Takes the lowest hole that is due and marks it as asked for.</summary>
    /// <param name="now">Monotonic time.</param>
    /// <param name="request">The number of the request that will ask for it; not 0.</param>
    /// <param name="maxFrames">The most frames to ask for at once; the rest of the hole stays due.</param>
    /// <param name="range">The frames to ask for.</param>
    /// <returns>False when no hole is due.</returns>
    public bool TryAsk(TimeSpan now, uint request, ulong maxFrames, out FrameRange range)
    {
        for (var index = 0; index < _holes.Count; index++)
        {
            ref var hole = ref Span[index];
            if (hole.Request != 0 || hole.AskAt > now)
            {
                continue;
            }

            if (hole.To - hole.From >= maxFrames && !IsFull)
            {
                var rest = hole with { From = hole.From + maxFrames };
                hole.To = rest.From - 1;
                _holes.Insert(index + 1, rest);
                hole = ref Span[index];
            }

            hole.Request = request;
            range = new FrameRange(hole.From, hole.To);
            return true;
        }

        range = default;
        return false;
    }

    /// <summary>Notes that a request was answered: what it did not bring is asked for again later.</summary>
    /// <param name="request">The number of the request.</param>
    /// <param name="now">Monotonic time.</param>
    public void Answered(uint request, TimeSpan now)
    {
        foreach (ref var hole in Span)
        {
            if (hole.Request == request)
            {
                hole.Request = 0;
                hole.Tries++;
                hole.AskAt = now + hole.Delay;
                hole.Delay = hole.Delay * 2 < MaxDelay ? hole.Delay * 2 : MaxDelay;
            }
        }
    }

    /// <summary>Makes every hole due at once: requests of an old session will not be answered any more.</summary>
    /// <param name="now">Monotonic time.</param>
    public void AskAgain(TimeSpan now)
    {
        foreach (ref var hole in Span)
        {
            hole.Request = 0;
            hole.AskAt = now;
            hole.Delay = FirstDelay;
        }
    }

    /// <summary>Forgets the holes that were asked for too often: they will not come.</summary>
    /// <param name="maxTries">How many answers without the frames are enough.</param>
    /// <returns>True when any was forgotten.</returns>
    public bool DropTried(int maxTries) => _holes.RemoveAll(hole => hole.Tries >= maxTries) > 0;

    /// <summary>Forgets all holes.</summary>
    public void Clear() => _holes.Clear();

    // The first hole that ends at or after the number.
    private int IndexAtOrAfter(ulong number)
    {
        var low = 0;
        var high = _holes.Count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (_holes[middle].To < number)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    private record struct Hole
    {
        public ulong From { get; set; }

        public ulong To { get; set; }

        public uint Request { get; set; }

        public int Tries { get; set; }

        public TimeSpan AskAt { get; set; }

        public TimeSpan Delay { get; set; }
    }
}
