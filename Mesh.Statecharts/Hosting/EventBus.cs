using System.Collections.Concurrent;

namespace Mesh.Statecharts.Hosting;

/// <summary>
/// Brings published events to the charts of this process that subscribed to their signals. Made by the program and
/// given to each chart by <see cref="HostOptions.Bus"/>; a program may have several. Any thread.
/// </summary>
/// <remarks>
/// The bus holds no events: publishing puts the event in the queue of every subscriber at once, in the order in which
/// they subscribed, and runs none of their handlers. There a lifo subscription puts it before everything that waits; a
/// fifo one at the end, but before the published events of a lower priority that wait there, equal ones staying in the
/// order of their arrival. It never overtakes an event that was posted straight to the chart. A full queue refuses the
/// event, which the chart and the bus count; the other subscribers get it all the same.
/// </remarks>
public sealed class EventBus
{
    /// <summary>The priority of whatever comes before all else.</summary>
    public const int HighestPriority = 1;

    /// <summary>The priority unless another is given.</summary>
    public const int DefaultPriority = 1_000;

    /// <summary>The priority of whatever comes last.</summary>
    public const int LowestPriority = 1_000_000;

    private readonly Lock _gate = new();

    // The arrays are replaced as a whole, so that publishing takes no lock.
    private readonly ConcurrentDictionary<string, BusSubscription[]> _subscriptions = new(StringComparer.Ordinal);
    private long _droppedCount;

    /// <summary>The bus of the charts that were read from files, one for the whole process, unless their host is given
    /// another.</summary>
    public static EventBus Shared { get; } = new();

    /// <summary>How often a subscriber refused an event because its queue was full, it had ended, or the payload was of
    /// another type than it expects.</summary>
    public long DroppedCount => Interlocked.Read(ref _droppedCount);

    /// <summary>Publishes an event from outside of the charts.</summary>
    /// <param name="published">The event; charts share its payload.</param>
    /// <param name="priority">1 (highest) to 1,000,000.</param>
    /// <returns>How many subscribers took it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The priority is out of its range.</exception>
    public int Publish(Event published, int priority = DefaultPriority)
    {
        ArgumentNullException.ThrowIfNull(published.Signal);
        ThrowIfNoPriority(priority);
        if (!_subscriptions.TryGetValue(published.Signal.Name, out var subscriptions))
        {
            return 0;
        }

        var count = 0;
        foreach (var (subscriber, queue) in subscriptions)
        {
            if (subscriber.Deliver(published, queue, priority))
            {
                count++;
            }
            else
            {
                Interlocked.Increment(ref _droppedCount);
            }
        }

        return count;
    }

    /// <summary>How many charts subscribed to a signal.</summary>
    /// <param name="signal">The signal; its name decides.</param>
    /// <returns>The count, of now.</returns>
    public int SubscriberCount(Signal signal)
    {
        ArgumentNullException.ThrowIfNull(signal);
        return _subscriptions.TryGetValue(signal.Name, out var subscriptions) ? subscriptions.Length : 0;
    }

    /// <summary>Refuses what is no priority.</summary>
    internal static void ThrowIfNoPriority(int priority)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(priority, HighestPriority);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(priority, LowestPriority);
    }

    /// <summary>Adds a subscription; one of the same subscriber to the same signal keeps its place and takes over the
    /// queue type.</summary>
    internal void Subscribe(string signal, BusSubscription subscription)
    {
        lock (_gate)
        {
            var known = _subscriptions.GetValueOrDefault(signal, []);
            var index = Array.FindIndex(known, each => each.Subscriber == subscription.Subscriber);
            var changed = index < 0 ? [.. known, subscription] : (BusSubscription[])known.Clone();
            changed[index < 0 ? known.Length : index] = subscription;
            _subscriptions[signal] = changed;
        }
    }

    /// <summary>Ends the subscriptions of a subscriber to these signals.</summary>
    internal void Unsubscribe(IReadOnlyCollection<string> signals, IBusSubscriber subscriber)
    {
        lock (_gate)
        {
            foreach (var signal in signals)
            {
                var left = Array.FindAll(
                    _subscriptions.GetValueOrDefault(signal, []), each => each.Subscriber != subscriber);
                if (left.Length > 0)
                {
                    _subscriptions[signal] = left;
                }
                else
                {
                    _subscriptions.TryRemove(signal, out _);
                }
            }
        }
    }
}
