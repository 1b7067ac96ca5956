using System.Buffers.Binary;
using System.Net;
using Mesh.Core.Identity;
using Mesh.Core.Sessions;

namespace Mesh.Tests.Core.Sessions;

/// <summary>Hubs on a network in memory, under a clock that the test moves. Nothing happens by itself.</summary>
/// <param name="seed">Equal seeds give equal runs.</param>
internal sealed class SessionLab(int seed = 1)
{
    private const int RoutingIdBytes = 5;

    private readonly List<LabNode> _nodes = [];
    private readonly List<LabConnection> _connections = [];
    private readonly PriorityQueue<Parcel, (TimeSpan At, long Order)> _underway = new();
    private readonly Dictionary<NodeId, string> _names = [];
    private long _order;

    public TimeSpan Now { get; private set; } = TimeSpan.FromHours(1);

    /// <summary>How long a message travels.</summary>
    public TimeSpan Latency { get; set; } = TimeSpan.FromMilliseconds(1);

    /// <summary>Changes each message on its way, or swallows it by null; told whether it is the dialler's.</summary>
    public Func<LabConnection, bool, byte[], byte[]?>? Tamper { get; set; }

    /// <summary>Whether an end has no room.</summary>
    public Func<LabConnection, bool, bool>? Block { get; set; }

    /// <summary>Everything that was sent, in order.</summary>
    public List<(LabConnection Connection, bool IsDiallers, byte[] Message)> Sent { get; } = [];

    public IReadOnlyList<LabConnection> Connections => _connections;

    public LabNode Add(string name, Func<LabNodePlan, LabNodePlan>? change = null)
    {
        var plan = new LabNodePlan
        {
            Name = name,
            Endpoint = new IPEndPoint(new IPAddress([10, 0, 0, (byte)(_nodes.Count + 1)]), 21750),
            Seed = (seed * 1000) + _nodes.Count,
        };
        var node = new LabNode(this, change?.Invoke(plan) ?? plan);
        _nodes.Add(node);
        _names[node.Id] = node.Plan.Name;
        return node;
    }

    /// <summary>Takes a node off the network: its process is gone without a word.</summary>
    public void Kill(LabNode node)
    {
        node.FallAsleep();
        _nodes.Remove(node);
        foreach (var connection in _connections.Where(one => one.Dialler == node || one.Listener == node))
        {
            Break(connection);
        }
    }

    /// <summary>Cuts a connection; a dialler that is alive is told.</summary>
    public void Break(LabConnection connection)
    {
        if (!connection.IsBroken)
        {
            connection.IsBroken = true;
            connection.Dialler.Hub.LinkBroke(connection.DialledLink, Now);
        }
    }

    public string NameOf(NodeId id) => _names.GetValueOrDefault(id, "?");

    /// <summary>Makes two nodes accept each other and tells the first where the second is.</summary>
    public void Introduce(LabNode dialler, LabNode listener)
    {
        dialler.Trust.Accept(listener.Id);
        listener.Trust.Accept(dialler.Id);
        dialler.Hub.AddPeer(listener.Id, [listener.Address], Now);
    }

    public LabLink Connect(LabNode dialler, IPEndPoint endpoint)
    {
        var listener = _nodes.FirstOrDefault(node => node.Address.Equals(endpoint) && node.Local.SessionPort != 0);
        var routingId = new byte[RoutingIdBytes];
        BinaryPrimitives.WriteInt32BigEndian(routingId.AsSpan(1), _connections.Count);
        var connection = new LabConnection(dialler, listener, endpoint, routingId);
        connection.DialledLink = new LabLink(this, connection, isDialler: true);
        _connections.Add(connection);
        return connection.DialledLink;
    }

    /// <summary>The way back to a connection of the lab; a dead end for routing ids of other lengths.</summary>
    public ISessionLink Answer(ReadOnlySpan<byte> routingId)
    {
        if (routingId.Length != RoutingIdBytes)
        {
            return new RecordingLink();
        }

        var connection = _connections[BinaryPrimitives.ReadInt32BigEndian(routingId[1..])];
        return new LabLink(this, connection, isDialler: false);
    }

    public bool IsBlocked(LabConnection connection, bool isDialler) =>
        connection.Listener is null || (Block?.Invoke(connection, isDialler) ?? false);

    public void Carry(LabConnection connection, bool isDiallers, byte[] message)
    {
        Sent.Add((connection, isDiallers, message));
        var carried = Tamper is null ? message : Tamper(connection, isDiallers, message);
        if (carried is not null)
        {
            Send(connection, isDiallers, carried);
        }
    }

    /// <summary>Puts a message on its way as if an end had sent it.</summary>
    public void Send(LabConnection connection, bool isDiallers, byte[] message) =>
        _underway.Enqueue(
            new Parcel(connection, isDiallers, message),
            (connection.ArrivesAt(isDiallers, Now + Latency), _order++));

    /// <summary>Lets time pass: delivers what is due and polls whoever wants to be polled.</summary>
    public void Run(TimeSpan length)
    {
        var end = Now + length;
        while (true)
        {
            PollAll();
            var next = Next();
            if (next > end)
            {
                break;
            }

            Now = next > Now ? next : Now;
            Deliver();
        }

        Now = end;
    }

    /// <summary>Lets time pass until something holds.</summary>
    public bool RunUntil(Func<bool> condition, TimeSpan limit)
    {
        for (var end = Now + limit; !condition() && Now < end;)
        {
            Run(TimeSpan.FromMilliseconds(10));
        }

        return condition();
    }

    /// <summary>Moves the clock without anybody doing anything, as when the whole machine sleeps.</summary>
    public void Sleep(TimeSpan length) => Now += length;

    private void PollAll()
    {
        // A listed session that cannot go on is listed again: bounded, so that a fault shows as a test that fails.
        for (var round = 0; round < 100; round++)
        {
            var due = _nodes.Where(node => !node.IsAsleep && node.Hub.NextDeadline <= Now).ToList();
            if (due.Count == 0)
            {
                return;
            }

            foreach (var node in due)
            {
                node.Hub.Poll(Now);
            }
        }

        throw new InvalidOperationException("a hub is never satisfied");
    }

    private TimeSpan Next()
    {
        var next = _underway.TryPeek(out _, out var first) ? first.At : TimeSpan.MaxValue;
        foreach (var node in _nodes.Where(node => !node.IsAsleep))
        {
            next = node.Hub.NextDeadline < next ? node.Hub.NextDeadline : next;
        }

        return next;
    }

    private void Deliver()
    {
        while (_underway.TryPeek(out var parcel, out var first) && first.At <= Now)
        {
            _underway.Dequeue();
            var (connection, isDiallers, message) = parcel;
            var receiver = isDiallers ? connection.Listener : connection.Dialler;
            if (connection.IsBroken || receiver is null || (!isDiallers && connection.IsClosed))
            {
                continue;
            }

            if (receiver.IsAsleep)
            {
                receiver.Backlog.Enqueue(() => Hand(receiver, connection, isDiallers, message));
                continue;
            }

            Hand(receiver, connection, isDiallers, message);
        }
    }

    private void Hand(LabNode receiver, LabConnection connection, bool isDiallers, byte[] message)
    {
        if (isDiallers)
        {
            receiver.Hub.ReceiveRouted(connection.RoutingId, connection.Dialler.Address.Address, message, Now);
        }
        else
        {
            receiver.Hub.ReceiveDialled(connection.DialledLink, message, Now);
        }
    }

    private sealed record Parcel(LabConnection Connection, bool IsDiallers, byte[] Message);
}
