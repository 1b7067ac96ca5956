using Mesh.Core.Discovery;
using Mesh.Core.Sessions;
using Mesh.Core.Transport;
using Mesh.Statecharts.Instrumentation;

namespace Mesh.Core.Runtime;

/// <summary>Everything that a node's loop runs, without the thread: one turn after the other.</summary>
internal sealed class NodeCore : IDisposable
{
    private readonly SocketLinks _links;
    private readonly SessionRouter _router;

    /// <summary>Joins the parts.</summary>
    /// <param name="links">The sockets of sessions; owned.</param>
    /// <param name="router">Where the facts of sessions go; holds the parts, which are owned.</param>
    /// <param name="hub">The sessions; owned.</param>
    public NodeCore(SocketLinks links, SessionRouter router, SessionHub hub)
    {
        _links = links;
        _router = router;
        Hub = hub;
    }

    /// <summary>The sockets' transport; not owned.</summary>
    public required ITransport Transport { get; init; }

    /// <summary>Messages of a wrong shape that the listening sockets threw away.</summary>
    public long DroppedMessages => (_links.Router?.DroppedMessageCount ?? 0) + (Publish?.DroppedMessages ?? 0);

    /// <summary>Messages of sessions that nobody here takes.</summary>
    public long UnwantedMessages => _router.UnwantedMessages;

    /// <summary>The sessions.</summary>
    public SessionHub Hub { get; }

    /// <summary>The publishing side; null for a guest.</summary>
    public PublishPart? Publish => _router.Publish;

    /// <summary>The watching side.</summary>
    public WatchPart Watch => _router.Watch;

    /// <summary>The beacons; null when they are off.</summary>
    public BeaconPart? Beacons { get; init; }

    /// <summary>What beacons say; null when they are off.</summary>
    public NodeDiscovery? Discovery { get; init; }

    /// <summary>What charts ring when they have made steps; null for a guest.</summary>
    public StepDoorbell? Doorbell => Publish?.Doorbell;

    /// <summary>Whether nothing is left to be said after <see cref="Shutdown"/>.</summary>
    public bool IsQuiet => Hub.IsQuiet;

    /// <summary>Does what is due.</summary>
    /// <param name="now">Monotonic.</param>
    /// <returns>True when there is more to do at once.</returns>
    public bool Turn(TimeSpan now)
    {
        var hasMore = _links.Receive(Hub, now);
        _router.TellStale();
        hasMore |= Beacons?.Turn(now) ?? false;
        hasMore |= Publish?.Turn(Hub, now) ?? false;
        hasMore |= Watch.Turn(now);
        Hub.Poll(now);
        _links.Sweep();
        return hasMore;
    }

    /// <summary>When the next turn is due at the latest.</summary>
    /// <param name="now">Monotonic.</param>
    public TimeSpan NextDeadline(TimeSpan now)
    {
        var next = Hub.NextDeadline;
        next = Earlier(next, Watch.NextDeadline);
        next = Earlier(next, Publish?.NextDeadline(now) ?? TimeSpan.MaxValue);
        return Earlier(next, Beacons?.NextDeadline ?? TimeSpan.MaxValue);
    }

    /// <summary>Ends the log and says goodbye; turns go on until <see cref="IsQuiet"/>.</summary>
    /// <param name="now">Monotonic.</param>
    public void Shutdown(TimeSpan now)
    {
        Publish?.End(now);
        Hub.Shutdown(now);
    }

    /// <summary>Closes every socket and lets every key go.</summary>
    public void Dispose()
    {
        Hub.Dispose();
        Watch.Dispose();
        Publish?.Dispose();
        Beacons?.Dispose();
        _links.Dispose();
        _links.Router?.Dispose();
    }

    private static TimeSpan Earlier(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
