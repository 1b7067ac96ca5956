using System.Net;

namespace Mesh.Core.Transport.Memory;

/// <summary>A node's transport on the in-memory network.</summary>
internal sealed class MemoryTransport(MemoryHost host) : ITransport
{
    private readonly List<MemorySocket> _sockets = [];
    private readonly object _monitor = new();
    private bool _isSignalled;
    private int _isWoken;
    private bool _disposed;

    public string Description => $"memory {host.Network.Mode}";

    /// <summary>Where it is.</summary>
    internal MemoryNetwork Network => host.Network;

    public BindResult TryBind(SocketKind kind, IPEndPoint local, SocketOptions options, out ITransportSocket? socket)
    {
        SocketChecks.ThrowIfCannotBind(kind, local);
        lock (Network.Gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            MemoryListeningSocket bound = kind == SocketKind.Router
                ? new MemoryRouter(this, options.Validated())
                : new MemoryPublisher(this, options.Validated());
            var result = host.BindLocked(bound, local);
            socket = result == BindResult.Bound ? bound : null;
            if (socket is not null)
            {
                _sockets.Add(bound);
            }

            return result;
        }
    }

    public ITransportSocket Connect(SocketKind kind, IPEndPoint remote, SocketOptions options)
    {
        SocketChecks.ThrowIfCannotConnect(kind, remote);
        lock (Network.Gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            MemoryDiallingSocket socket = kind == SocketKind.Dealer
                ? new MemoryDealer(this, options.Validated())
                : new MemorySubscriber(this, options.Validated());
            _sockets.Add(socket);
            if (host.ResolveLocked(remote.Address) is { } route)
            {
                var connection = new MemoryConnection(Network, socket, route, remote);
                Network.AddLocked(connection);
                socket.DialLocked(connection);
                Network.PumpLocked();
            }

            return socket;
        }
    }

    public ConnectionCounters Connections => default;

    public TimeSpan Tend(TimeSpan now) => TimeSpan.MaxValue;

    public bool Poll(TimeSpan timeout)
    {
        var milliseconds = SocketChecks.ToPollMilliseconds(timeout);
        ClearSignal();
        if (Look())
        {
            return true;
        }

        if (Network.Mode == MemoryNetworkMode.Stepped || milliseconds == 0)
        {
            return false;
        }

        WaitForSignal(milliseconds);
        return Look();
    }

    public void Wake()
    {
        if (Interlocked.Exchange(ref _isWoken, 1) == 0)
        {
            Signal();
        }
    }

    public void Dispose()
    {
        lock (Network.Gate)
        {
            while (_sockets.Count > 0)
            {
                _sockets[^1].Dispose();
            }

            _disposed = true;
        }
    }

    /// <summary>Ends a wait of the loop; called by whoever makes a socket readable.</summary>
    internal void Signal()
    {
        lock (_monitor)
        {
            _isSignalled = true;
            Monitor.Pulse(_monitor);
        }
    }

    /// <summary>Forgets a socket that is closing.</summary>
    internal void RemoveLocked(MemorySocket socket)
    {
        _ = _sockets.Remove(socket);
        if (socket is MemoryListeningSocket listener)
        {
            host.UnbindLocked(listener);
        }
    }

    // Signals before the look that follows are covered by that look; only later ones may end the wait.
    private void ClearSignal()
    {
        lock (_monitor)
        {
            _isSignalled = false;
        }
    }

    private void WaitForSignal(int milliseconds)
    {
        lock (_monitor)
        {
            if (!_isSignalled)
            {
                _ = Monitor.Wait(_monitor, milliseconds);
            }
        }
    }

    private bool Look()
    {
        var found = Interlocked.Exchange(ref _isWoken, 0) == 1;
        lock (Network.Gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            foreach (var socket in _sockets)
            {
                found |= socket.SettleLocked();
            }
        }

        return found;
    }
}
