namespace Mesh.Core.Transport.Memory;

/// <summary>
/// One direction of a connection: what was sent arrives in order, not before its time, and waits while the way is
/// blocked. Guarded by the network's lock.
/// </summary>
internal sealed class MemoryPipe(MemoryNetwork network, MemoryConnection connection, bool isTowardsListener)
    : IMemoryDelivery
{
    private readonly Queue<(MemoryFrame Frame, TimeSpan Due)> _frames = new();
    private TimeSpan _lastDue;

    /// <summary>Messages sent and not yet received by the program at the other end.</summary>
    public int UnreadCount { get; set; }

    private MemoryHost From => isTowardsListener ? connection.Route.From.Host : connection.Route.To.Host;

    private MemoryHost To => isTowardsListener ? connection.Route.To.Host : connection.Route.From.Host;

    /// <summary>Takes a frame over.</summary>
    public void SendLocked(in MemoryFrame frame)
    {
        var due = network.NowLocked + network.DrawLatencyLocked(From, To);
        _lastDue = due > _lastDue ? due : _lastDue;
        _frames.Enqueue((frame, _lastDue));
        UnreadCount += frame.Kind == MemoryFrameKind.Message ? 1 : 0;
        network.ScheduleLocked(_lastDue, this);
    }

    /// <summary>Looks again for what is due, after the way was blocked.</summary>
    public void ResumeLocked()
    {
        if (_frames.TryPeek(out var head))
        {
            network.ScheduleLocked(head.Due, this);
        }
    }

    /// <summary>Drops what is under way.</summary>
    public void ClearLocked()
    {
        while (_frames.TryDequeue(out var entry))
        {
            entry.Frame.Release();
        }
    }

    /// <inheritdoc/>
    public void DeliverLocked()
    {
        while (_frames.TryPeek(out var head) && head.Due <= network.NowLocked
            && !network.IsBlockedLocked(connection.Route, isTowardsListener))
        {
            _ = _frames.Dequeue();
            connection.AcceptLocked(isTowardsListener, head.Frame);
        }
    }
}
