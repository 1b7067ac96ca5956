using Mesh.Statecharts.Engine;

namespace Mesh.Statecharts.Hosting;

/// <summary>The two queues of a chart. Not thread-safe: the host locks around it; the lengths may be read by
/// anybody.</summary>
internal sealed class EventQueues(int capacity)
{
    private readonly Deque<QueuedEvent> _waiting = new();
    private readonly Deque<QueuedEvent> _deferred = new();
    private List<HeldEvent>? _held;
    private long _lastArrival;

    /// <summary>How much is in the queues.</summary>
    public QueueLengths Lengths { get; } = new();

    private int DeferredCount => _deferred.Count + (_held?.Count ?? 0);

    /// <summary>Puts an event in the queue unless that is full.</summary>
    public bool TryPost(in QueuedEvent posted, bool isLifo)
    {
        if (_waiting.Count >= capacity)
        {
            return false;
        }

        if (isLifo)
        {
            _waiting.AddFirst(posted);
        }
        else
        {
            _waiting.AddLast(posted);
            if (posted.Priority > 0)
            {
                Advance(posted);
            }
        }

        CountWaiting();
        return true;
    }

    /// <summary>Takes the event at the front.</summary>
    public bool TryTake(out QueuedEvent taken)
    {
        if (!_waiting.TryTakeFirst(out taken))
        {
            return false;
        }

        CountWaiting();
        return true;
    }

    /// <summary>Puts an event aside unless there is no room.</summary>
    public bool TryDefer(in QueuedEvent deferred)
    {
        if (DeferredCount >= capacity)
        {
            return false;
        }

        _deferred.AddLast(deferred);
        CountDeferred();
        return true;
    }

    /// <summary>Moves the oldest deferred event to the end of the queue, if there is one and there is room.</summary>
    public bool TryRecall(out QueuedEvent recalled)
    {
        recalled = default;
        if (_waiting.Count >= capacity || !_deferred.TryTakeFirst(out recalled))
        {
            return false;
        }

        _waiting.AddLast(recalled);
        CountWaiting();
        CountDeferred();
        return true;
    }

    /// <summary>Puts an event at the end of the queue, be it full or not.</summary>
    public void Post(in QueuedEvent posted)
    {
        _waiting.AddLast(posted);
        CountWaiting();
    }

    /// <summary>Takes back what waits of this owner.</summary>
    public void TakeBack(string owner)
    {
        for (var index = _waiting.Count - 1; index >= 0; index--)
        {
            if (_waiting[index].Owner == owner)
            {
                _waiting.RemoveAt(index);
            }
        }

        CountWaiting();
    }

    /// <summary>Puts an event aside for a state, at the place of its arrival, unless there is no room.</summary>
    public bool TryHold(in QueuedEvent held, string owner)
    {
        if (DeferredCount >= capacity)
        {
            return false;
        }

        var arrived = held.Arrival > 0 ? held : held with { Arrival = ++_lastArrival };
        _held ??= [];
        var place = _held.Count;
        while (place > 0 && _held[place - 1].Event.Arrival > arrived.Arrival)
        {
            place--;
        }

        _held.Insert(place, new HeldEvent(arrived, owner));
        CountDeferred();
        return true;
    }

    /// <summary>Puts what a state held to the front of the queue, each among the others by its arrival.</summary>
    /// <returns>What that was, in the order of arrival.</returns>
    public List<QueuedEvent> Release(string owner)
    {
        var released = _held?.FindAll(held => held.Owner == owner).ConvertAll(held => held.Event) ?? [];
        _held?.RemoveAll(held => held.Owner == owner);
        foreach (var each in released)
        {
            _waiting.AddFirst(each);
            for (var place = 1; place < _waiting.Count && IsEarlier(_waiting[place], each); place++)
            {
                _waiting[place - 1] = _waiting[place];
                _waiting[place] = each;
            }
        }

        CountWaiting();
        CountDeferred();
        return released;
    }

    /// <summary>A copy of everything.</summary>
    public QueueContent Capture() => new(_waiting.ToArray(), _deferred.ToArray(), [.. _held ?? []], _lastArrival);

    /// <summary>Takes over what was in the queues of another chart; what waits here already goes behind it.</summary>
    public void Restore(QueueContent content)
    {
        var posted = _waiting.ToArray();
        Clear();
        foreach (var each in content.Waiting.Concat(posted))
        {
            _waiting.AddLast(each);
        }

        foreach (var each in content.Deferred)
        {
            _deferred.AddLast(each);
        }

        _held = content.Held.Count == 0 ? null : [.. content.Held];
        _lastArrival = content.LastArrival;
        CountWaiting();
        CountDeferred();
    }

    /// <summary>Forgets everything.</summary>
    /// <returns>How many events that were.</returns>
    public int Clear()
    {
        var count = _waiting.Count + DeferredCount;
        _held = null;
        _waiting.Clear();
        _deferred.Clear();
        Lengths.Queued = 0;
        Lengths.Deferred = 0;
        return count;
    }

    private static bool IsEarlier(in QueuedEvent waiting, in QueuedEvent released) =>
        waiting.Arrival > 0 && waiting.Arrival < released.Arrival;

    // What states hold may come on top of a full queue; step records have 16 bits for the lengths.
    private void CountWaiting() => Lengths.Queued = Math.Min(_waiting.Count, ushort.MaxValue - 1);

    private void CountDeferred() => Lengths.Deferred = Math.Min(DeferredCount, ushort.MaxValue - 1);

    // Moves the last event before the published ones of a lower priority that it directly follows.
    private void Advance(in QueuedEvent posted)
    {
        var place = _waiting.Count - 1;
        while (place > 0 && _waiting[place - 1].Priority > posted.Priority)
        {
            _waiting[place] = _waiting[place - 1];
            place--;
        }

        _waiting[place] = posted;
    }
}
