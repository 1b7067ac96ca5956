using Mesh.Statecharts.Engine;

namespace Mesh.Statecharts.Hosting;

/// <summary>The two queues of a chart. Not thread-safe: the host locks around it; the lengths may be read by
/// anybody.</summary>
internal sealed class EventQueues(int capacity)
{
    private readonly Deque<QueuedEvent> _waiting = new();
    private readonly Deque<QueuedEvent> _deferred = new();

    /// <summary>How much is in the queues.</summary>
    public QueueLengths Lengths { get; } = new();

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

        Lengths.Queued = _waiting.Count;
        return true;
    }

    /// <summary>Takes the event at the front.</summary>
    public bool TryTake(out QueuedEvent taken)
    {
        if (!_waiting.TryTakeFirst(out taken))
        {
            return false;
        }

        Lengths.Queued = _waiting.Count;
        return true;
    }

    /// <summary>Puts an event aside unless there is no room.</summary>
    public bool TryDefer(in QueuedEvent deferred)
    {
        if (_deferred.Count >= capacity)
        {
            return false;
        }

        _deferred.AddLast(deferred);
        Lengths.Deferred = _deferred.Count;
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
        Lengths.Queued = _waiting.Count;
        Lengths.Deferred = _deferred.Count;
        return true;
    }

    /// <summary>Forgets everything.</summary>
    /// <returns>How many events that were.</returns>
    public int Clear()
    {
        var count = _waiting.Count + _deferred.Count;
        _waiting.Clear();
        _deferred.Clear();
        Lengths.Queued = 0;
        Lengths.Deferred = 0;
        return count;
    }

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
