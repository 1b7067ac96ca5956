namespace Mesh.Core.Transport.Memory;

/// <summary>
/// A network of named hosts in this process, with sockets and datagrams that behave as ZeroMQ's and UDP's do, and with
/// delays, losses and partitions on order. Every method may be called from any thread.
/// </summary>
/// <remarks>
/// Time is a number that only <see cref="AdvanceTo"/> moves; what needs no time on the way arrives within the call that
/// sends it. All draws come from one random source, in the order of the calls and then of (time, sequence).
/// </remarks>
public sealed class MemoryNetwork
{
    private readonly PriorityQueue<IMemoryDelivery, (TimeSpan Due, long Sequence)> _schedule = new();
    private readonly Dictionary<(MemoryHost From, MemoryHost To), MemoryLink> _links = [];
    private readonly HashSet<(MemoryHost From, MemoryHost To)> _blocked = [];
    private readonly List<MemoryConnection> _connections = [];
    private readonly Dictionary<string, MemoryHost> _hosts = [];
    private readonly MemoryMap _map = new();
    private readonly Random _random;
    private MemoryLink _defaultLink = MemoryLink.Perfect;
    private TimeSpan _now;
    private long _sequence;
    private long _lostMessages;
    private long _lostDatagrams;
    private bool _isPumping;

    /// <summary>Makes an empty network.</summary>
    /// <param name="random">Draws every delay and loss; owned by the network from now on.</param>
    /// <param name="mode">Who drives it.</param>
    public MemoryNetwork(Random random, MemoryNetworkMode mode)
    {
        ArgumentNullException.ThrowIfNull(random);
        _random = random;
        Mode = mode;
    }

    /// <summary>Who drives it.</summary>
    public MemoryNetworkMode Mode { get; }

    /// <summary>The time, from zero on.</summary>
    public TimeSpan Now => Read(() => _now);

    /// <summary>When the next thing happens by itself; <see langword="null"/> when nothing is under way.</summary>
    public TimeSpan? NextDelivery => Read(
        () => _schedule.TryPeek(out _, out var at) ? at.Due : (TimeSpan?)null);

    /// <summary>Published messages lost so far because a subscriber's queue was full.</summary>
    public long LostMessageCount => Read(() => _lostMessages);

    /// <summary>Datagrams lost so far: by chance, by a block, or because an interface was down.</summary>
    public long LostDatagramCount => Read(() => _lostDatagrams);

    /// <summary>How hosts are linked unless <see cref="SetLink"/> says otherwise; perfect at first.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value of the link is out of its range.</exception>
    public MemoryLink DefaultLink
    {
        get => Read(() => _defaultLink);
        set => Change(() => _defaultLink = value.Validated());
    }

    /// <summary>Held by whoever touches the network or anything on it.</summary>
    internal Lock Gate { get; } = new();

    /// <summary>The time, for those who hold the lock.</summary>
    internal TimeSpan NowLocked => _now;

    /// <summary>Adds a host with its loopback interface alone.</summary>
    /// <param name="name">Unique in the network.</param>
    /// <returns>The host, to be attached to segments.</returns>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public MemoryHost AddHost(string name)
    {
        lock (Gate)
        {
            var host = new MemoryHost(this, name, _hosts.Count + 1, _map);
            _hosts.Add(name, host);
            return host;
        }
    }

    /// <summary>Moves time on, and does whatever becomes due on the way, each at its time.</summary>
    /// <param name="now">Not before <see cref="Now"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">Time would go back.</exception>
    public void AdvanceTo(TimeSpan now)
    {
        lock (Gate)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(now, _now);
            while (_schedule.TryPeek(out _, out var at) && at.Due <= now)
            {
                _now = at.Due > _now ? at.Due : _now;
                PumpLocked();
            }

            _now = now;
        }
    }

    /// <summary>Sets how one host reaches another; the way back is its own.</summary>
    /// <param name="from">The sender; may be the same host.</param>
    /// <param name="to">The receiver.</param>
    /// <param name="link">Holds for what is sent from now on.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value of the link is out of its range.</exception>
    public void SetLink(MemoryHost from, MemoryHost to, MemoryLink link) =>
        Change(() => _links[(from, to)] = link.Validated());

    /// <summary>
    /// Blocks one direction: datagrams are lost, what travels on connections waits for <see cref="Unblock"/>.
    /// </summary>
    /// <param name="from">The sender.</param>
    /// <param name="to">The receiver, another host.</param>
    public void Block(MemoryHost from, MemoryHost to) => Change(() => _blocked.Add((from, to)));

    /// <summary>Opens a blocked direction; what waited goes on in order.</summary>
    /// <param name="from">The sender.</param>
    /// <param name="to">The receiver.</param>
    public void Unblock(MemoryHost from, MemoryHost to)
    {
        Change(() =>
        {
            _ = _blocked.Remove((from, to));
            ResumeLocked();
        });
    }

    /// <summary>Blocks both directions between every host of one side and every host of the other.</summary>
    /// <param name="one">One side.</param>
    /// <param name="other">The other side.</param>
    public void Partition(IReadOnlyCollection<MemoryHost> one, IReadOnlyCollection<MemoryHost> other)
    {
        foreach (var left in one)
        {
            foreach (var right in other)
            {
                Block(left, right);
                Block(right, left);
            }
        }
    }

    /// <summary>Opens every blocked direction.</summary>
    public void Heal()
    {
        Change(() =>
        {
            _blocked.Clear();
            ResumeLocked();
        });
    }

    /// <summary>Resets every connection between two hosts, whoever dialled; what was under way is lost.</summary>
    /// <param name="one">A host.</param>
    /// <param name="other">A host; may be the same.</param>
    public void Cut(MemoryHost one, MemoryHost other)
    {
        Change(() =>
        {
            foreach (var connection in _connections.ToArray())
            {
                if (connection.Route.Joins(one, other))
                {
                    connection.CutLocked();
                }
            }
        });
    }

    /// <summary>
    /// Does what is due now. Calls from within it do nothing: the outermost goes on until all is done.
    /// </summary>
    internal void PumpLocked()
    {
        if (_isPumping)
        {
            return;
        }

        _isPumping = true;
        try
        {
            while (_schedule.TryPeek(out var delivery, out var at) && at.Due <= _now)
            {
                _ = _schedule.Dequeue();
                delivery.DeliverLocked();
            }
        }
        finally
        {
            _isPumping = false;
        }
    }

    /// <summary>Asks for a delivery at a time; at one time, in the order of asking.</summary>
    internal void ScheduleLocked(TimeSpan due, IMemoryDelivery delivery) =>
        _schedule.Enqueue(delivery, (due, _sequence++));

    /// <summary>Draws the time that something takes.</summary>
    internal TimeSpan DrawLatencyLocked(MemoryHost from, MemoryHost to) => DrawLatency(LinkLocked(from, to));

    /// <summary>Whether nothing passes on a route now.</summary>
    internal bool IsBlockedLocked(MemoryRoute route, bool isForward)
    {
        return !route.From.IsUp || !route.To.IsUp || _blocked.Contains(
            isForward ? (route.From.Host, route.To.Host) : (route.To.Host, route.From.Host));
    }

    /// <summary>Sends a datagram on its way, with whatever befalls it.</summary>
    internal void SendDatagramLocked(MemoryDatagram datagram)
    {
        var link = LinkLocked(datagram.Route.From.Host, datagram.Route.To.Host);
        if (DrawLocked(link.DatagramLoss))
        {
            CountLostDatagramLocked();
            return;
        }

        for (var copies = DrawLocked(link.DatagramDuplication) ? 2 : 1; copies > 0; copies--)
        {
            var delay = DrawLatency(link) + (DrawLocked(link.DatagramReordering) ? link.ReorderDelay : TimeSpan.Zero);
            ScheduleLocked(_now + delay, datagram);
        }
    }

    /// <summary>Notes a new connection.</summary>
    internal void AddLocked(MemoryConnection connection) => _connections.Add(connection);

    /// <summary>Forgets a connection that both sides closed.</summary>
    internal void RemoveLocked(MemoryConnection connection) => _connections.Remove(connection);

    /// <summary>Lets everything that waited for a way look again.</summary>
    internal void ResumeLocked()
    {
        foreach (var connection in _connections)
        {
            connection.TowardsListener.ResumeLocked();
            connection.TowardsDialler.ResumeLocked();
        }
    }

    /// <summary>Counts a message that a publisher had no room for.</summary>
    internal void CountLostLocked() => _lostMessages++;

    /// <summary>Counts a datagram that never arrived.</summary>
    internal void CountLostDatagramLocked() => _lostDatagrams++;

    private MemoryLink LinkLocked(MemoryHost from, MemoryHost to)
    {
        return _links.TryGetValue((from, to), out var link) ? link : from == to ? MemoryLink.Perfect : _defaultLink;
    }

    private TimeSpan DrawLatency(MemoryLink link)
    {
        return link.MinLatency == link.MaxLatency
            ? link.MinLatency
            : link.MinLatency + ((link.MaxLatency - link.MinLatency) * _random.NextDouble());
    }

    private bool DrawLocked(double share) => share > 0 && _random.NextDouble() < share;

    private T Read<T>(Func<T> read)
    {
        lock (Gate)
        {
            return read();
        }
    }

    private void Change(Action change)
    {
        lock (Gate)
        {
            change();
            PumpLocked();
        }
    }
}
