using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using NetMQ;
using NetMQ.Sockets;

namespace Mesh.Core.Transport.NetMq;

/// <summary>The transport on NetMQ, ZeroMQ in managed code, for every system that .NET runs on.</summary>
/// <remarks>
/// <para>It asks NetMQ's selector and has no poller of NetMQ's: those run handlers on threads of their own, end in
/// silence when a handler throws, and race with the removal of sockets. Here the loop thread that owns the transport
/// makes, polls, uses and closes every socket.</para>
/// <para>NetMQ has one context a process, with background threads that end with the process. It is never terminated
/// here: that would end sockets of others in the process, and has been seen to wait for ever. Disposal closes this
/// transport's own sockets, none of which lingers, and waits until their ports are free, 2 s at most.</para>
/// <para>What NetMQ cannot do, and which bytes end it: docs/security.md, "The packaged stack".</para>
/// </remarks>
internal sealed class NetMqTransport : ITransport
{
    // 1,024 sessions, as many subscribers, listeners, and the rest to spare for those on their way out.
    private const int MaxSockets = 4096;

    private static readonly Lock Gate = new();

    private readonly NetMQSelector _selector = new();
    private readonly WakeSocket _wake = new();
    private readonly List<NetMqSocket> _sockets = [];
    private NetMQSelector.Item[] _items = new NetMQSelector.Item[16];
    private bool _disposed;

    /// <summary>Uses the process's context of NetMQ.</summary>
    /// <exception cref="TransportException">The process is out of descriptors.</exception>
    public NetMqTransport()
    {
        lock (Gate)
        {
            NetMQConfig.MaxSockets = Math.Max(NetMQConfig.MaxSockets, MaxSockets);
        }

        _items[0] = new NetMQSelector.Item(_wake.Socket, PollEvents.PollIn);
    }

    /// <inheritdoc/>
    public string Description { get; } = $"NetMQ {Version()}";

    /// <inheritdoc/>
    /// <remarks>Nothing: NetMQ shows neither the connections of a socket nor what they cost.</remarks>
    public ConnectionCounters Connections => default;

    /// <inheritdoc/>
    public BindResult TryBind(SocketKind kind, IPEndPoint local, SocketOptions options, out ITransportSocket? socket)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        SocketChecks.ThrowIfCannotBind(kind, local);
        ArgumentNullException.ThrowIfNull(options);

        socket = null;
        var handle = Open(kind, local.AddressFamily, options.Validated());
        try
        {
            handle.Bind(Endpoint(local));
        }
        catch (NetMQException exception)
        {
            handle.Dispose();
            return ToBindResult(exception, local);
        }

        var bound = Add(kind, handle);
        bound.LocalEndPoint = new IPEndPoint(local.Address, BoundPort(handle));
        socket = bound;
        return BindResult.Bound;
    }

    /// <inheritdoc/>
    public ITransportSocket Connect(SocketKind kind, IPEndPoint remote, SocketOptions options)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        SocketChecks.ThrowIfCannotConnect(kind, remote);
        ArgumentNullException.ThrowIfNull(options);

        var handle = Open(kind, remote.AddressFamily, options.Validated());
        try
        {
            handle.Connect($"tcp://{remote}");
        }
        catch (NetMQException exception)
        {
            handle.Dispose();
            throw new TransportException($"NetMQ cannot connect to {remote}: {exception.Message}.", exception);
        }

        return Add(kind, handle);
    }

    /// <inheritdoc/>
    /// <remarks>Does nothing: a connection of NetMQ can be neither measured nor cut.</remarks>
    public TimeSpan Tend(TimeSpan now)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return TimeSpan.MaxValue;
    }

    /// <inheritdoc/>
    public bool Poll(TimeSpan timeout)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var milliseconds = SocketChecks.ToPollMilliseconds(timeout);

        // Select looks at every socket before it waits, so what a send or a receive found by the way is not missed.
        var found = _selector.Select(_items, _sockets.Count + 1, milliseconds);
        if (_items[0].ResultEvent != PollEvents.None)
        {
            _wake.Clear();
        }

        for (var index = 0; index < _sockets.Count; index++)
        {
            _sockets[index].IsReadable = _items[index + 1].ResultEvent.HasIn();
        }

        return found;
    }

    /// <inheritdoc/>
    public void Wake() => _wake.Signal();

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        var ports = _sockets.Select(socket => socket.LocalEndPoint).OfType<IPEndPoint>().ToArray();
        for (var index = _sockets.Count - 1; index >= 0; index--)
        {
            _sockets[index].Dispose();
        }

        _disposed = true;
        _wake.Dispose();
        PortRelease.Wait(ports);
    }

    /// <summary>Forgets a socket that is about to close.</summary>
    internal void Remove(NetMqSocket socket)
    {
        var last = _sockets[^1];
        _sockets[socket.Index] = last;
        _items[socket.Index + 1] = _items[_sockets.Count];
        last.Index = socket.Index;
        _sockets.RemoveAt(_sockets.Count - 1);
    }

    private static NetMQSocket Open(SocketKind kind, AddressFamily family, SocketOptions options)
    {
        NetMQSocket socket;
        try
        {
            socket = kind switch
            {
                SocketKind.Router => new RouterSocket(),
                SocketKind.Dealer => new DealerSocket(),
                SocketKind.Publisher => new XPublisherSocket(),
                SocketKind.Subscriber => new SubscriberSocket(),
                _ => throw new UnreachableException(),
            };
        }
        catch (Exception exception) when (exception is NetMQException or SocketException)
        {
            throw new TransportException($"NetMQ cannot open a {kind} socket: {exception.Message}.", exception);
        }

        NetMqOptions.Apply(socket.Options, kind, family, options);
        return socket;
    }

    private NetMqSocket Add(SocketKind kind, NetMQSocket handle)
    {
        var socket = new NetMqSocket(this, kind, handle) { Index = _sockets.Count };
        _sockets.Add(socket);
        if (_items.Length <= _sockets.Count)
        {
            Array.Resize(ref _items, _items.Length * 2);
        }

        _items[_sockets.Count] = new NetMQSelector.Item(handle, PollEvents.PollIn);
        return socket;
    }

    private static BindResult ToBindResult(NetMQException exception, IPEndPoint local) => exception.ErrorCode switch
    {
        ErrorCode.AddressAlreadyInUse => BindResult.AddressInUse,
        ErrorCode.AddressNotAvailable or ErrorCode.AddressFamilyNotSupported => BindResult.AddressNotAvailable,
        ErrorCode.AccessDenied => BindResult.Denied,
        _ => throw new TransportException($"NetMQ cannot bind {local}: {exception.Message}.", exception),
    };

    // A machine without IPv6 has no IPv6 wildcard either.
    private static string Endpoint(IPEndPoint endPoint) =>
        endPoint.Address.Equals(IPAddress.IPv6Any) && !Socket.OSSupportsIPv6
            ? $"tcp://{IPAddress.Any}:{endPoint.Port}"
            : $"tcp://{endPoint}";

    private static int BoundPort(NetMQSocket socket)
    {
        var endpoint = socket.Options.LastEndpoint!;
        return int.Parse(endpoint.AsSpan(endpoint.LastIndexOf(':') + 1), provider: null);
    }

    private static string Version() =>
        typeof(NetMQSocket).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0];
}
