using System.Net;

namespace Mesh.Core.Transport.LibZmq;

/// <summary>
/// Cuts connections that cost too much, which libzmq has no limits for: see <see cref="ConnectionLimits"/>.
/// </summary>
/// <remarks>
/// Linux tells it of each arrival on a connection, so that it costs nothing while nothing arrives; then it compares
/// what the connection has received with what libzmq has handed over. Used by the loop thread only.
/// </remarks>
internal sealed class ConnectionGuard : IDisposable
{
    private const int MaxTakenAtOnce = 64;

    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(1);

    private readonly nint _context;
    private readonly Dictionary<ulong, SocketWatch> _watches = [];
    private readonly Dictionary<ulong, GuardedConnection> _connections = [];
    private ulong _lastToken;
    private TimeSpan _looked = TimeSpan.MinValue;
    private TimeSpan _checkAt = TimeSpan.MaxValue;
    private TimeSpan _now;
    private bool _isSignalled;
    private long _accepted;
    private long _flooding;
    private long _tooMany;
    private long _idle;
    private long _ended;

    private ConnectionGuard(nint context, int set)
    {
        _context = context;
        Descriptor = set;
    }

    /// <summary>Readable when a look is worth it.</summary>
    public int Descriptor { get; }

    /// <summary>What was accepted and cut so far.</summary>
    public ConnectionCounters Counters => new(_accepted, _flooding, _tooMany, _idle, _ended);

    /// <summary>Makes a guard for the sockets of a context.</summary>
    /// <param name="context">libzmq's context; not owned.</param>
    /// <returns>Null where the system cannot tell what a connection received: elsewhere than on Linux.</returns>
    /// <exception cref="TransportException">The process is out of descriptors.</exception>
    public static ConnectionGuard? Create(nint context)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var set = SocketCalls.NewSet();
        return set >= 0
            ? new ConnectionGuard(context, set)
            : throw new TransportException("No descriptor is left to guard connections with.");
    }

    /// <summary>Begins to watch a socket that neither binds nor connects yet.</summary>
    /// <param name="socket">Its handle.</param>
    /// <param name="kind">What it is.</param>
    /// <returns>The watch, owned by the caller; null when libzmq has no room for it.</returns>
    public SocketWatch? Watch(nint socket, SocketKind kind)
    {
        var watch = SocketWatch.TryOpen(_context, socket, kind, ++_lastToken);
        if (watch is not null)
        {
            watch.Token = _lastToken;

            // libzmq signals a descriptor only after somebody has found that there is nothing.
            _ = watch.TryHear(out _, out _);
            _watches.Add(watch.Token, watch);
            _ = SocketCalls.TryAdd(Descriptor, watch.Descriptor, SocketCalls.Readable, watch.Token);
        }

        return watch;
    }

    /// <summary>Forgets a socket that is about to close, with its connections.</summary>
    public void Remove(SocketWatch watch)
    {
        _watches.Remove(watch.Token);
        foreach (var (token, connection) in _connections)
        {
            if (connection.Watch == watch)
            {
                _connections.Remove(token);
            }
        }

        watch.Dispose();
    }

    /// <summary>Something arrived; the next <see cref="Tend"/> looks.</summary>
    public void Signal() => _isSignalled = true;

    /// <summary>Cuts what has gone too far.</summary>
    /// <param name="now">Monotonic.</param>
    /// <param name="isArmed">Whether the caller is to wait for <see cref="Descriptor"/> again.</param>
    /// <returns>When to be called again at the latest.</returns>
    public TimeSpan Tend(TimeSpan now, out bool isArmed)
    {
        _now = now;
        if (_isSignalled && (_looked == TimeSpan.MinValue || now >= _looked + ConnectionLimits.LookInterval))
        {
            _looked = now;
            _isSignalled = Look();
        }

        isArmed = !_isSignalled;
        var next = _isSignalled ? _looked + ConnectionLimits.LookInterval : TimeSpan.MaxValue;
        if (now >= _checkAt)
        {
            CheckAll(now);
        }

        return _checkAt < next ? _checkAt : next;
    }

    /// <summary>Notes who vouches for a connection, or that nobody does any more.</summary>
    /// <param name="watch">Whose connection it is.</param>
    /// <param name="routingId">Which; empty for a socket with one connection.</param>
    /// <param name="isKnown">Whether it carries a session.</param>
    public void Vouch(SocketWatch watch, ReadOnlySpan<byte> routingId, bool isKnown)
    {
        foreach (var connection in watch.Connections.Values)
        {
            if (watch.Kind != SocketKind.Router || routingId.SequenceEqual(connection.RoutingId))
            {
                connection.IsKnown = isKnown;
                connection.Since = _now;
                _checkAt = _now + CheckInterval < _checkAt ? _now + CheckInterval : _checkAt;
                return;
            }
        }
    }

    /// <summary>Takes what there is to hear of a socket's connections.</summary>
    /// <param name="watch">The socket's.</param>
    public void Hear(SocketWatch watch)
    {
        while (watch.TryHear(out var kind, out var descriptor))
        {
            if (kind == SocketWatch.Disconnected)
            {
                _ended += watch.Connections.ContainsKey(descriptor) ? 1 : 0;
                Forget(watch, descriptor);
            }
            else if (kind is SocketWatch.Accepted or SocketWatch.Connected)
            {
                Take(watch, descriptor, _now);
            }
        }

        if (!watch.IsListening && watch.Connections.Count > 0)
        {
            watch.Deafen();
        }
    }

    public void Dispose()
    {
        _connections.Clear();
        _ = PosixLibrary.Close(Descriptor);
    }

    // True when there may be more to look at.
    private bool Look()
    {
        Span<ulong> tokens = stackalloc ulong[MaxTakenAtOnce];
        var count = SocketCalls.Take(Descriptor, tokens);
        foreach (var token in tokens[..count])
        {
            if (_watches.TryGetValue(token, out var watch))
            {
                Hear(watch);
            }
            else if (_connections.TryGetValue(token, out var connection))
            {
                Check(token, connection);
            }
        }

        CutGreediest();
        return count == MaxTakenAtOnce;
    }

    private void Take(SocketWatch watch, int descriptor, TimeSpan now)
    {
        _accepted += watch.IsListening ? 1 : 0;
        Forget(watch, descriptor);
        var cookie = SocketCalls.CookieOf(descriptor);
        if (cookie == 0 || SocketCalls.PeerOf(descriptor) is not { } address)
        {
            // Over already.
            return;
        }

        if (watch.IsListening && IsFull(watch, address))
        {
            _tooMany++;
            SocketCalls.Cut(descriptor);
            return;
        }

        var connection = new GuardedConnection(watch, descriptor, cookie, address, now);
        if (SocketCalls.TryAdd(
            Descriptor, descriptor, SocketCalls.Readable | SocketCalls.EachArrival, ++_lastToken))
        {
            connection.Token = _lastToken;
            watch.Keep(connection);
            _connections.Add(_lastToken, connection);
            _checkAt = now + CheckInterval < _checkAt ? now + CheckInterval : _checkAt;
        }
    }

    private static bool IsFull(SocketWatch watch, IPAddress address)
    {
        if (watch.Connections.Count >= ConnectionLimits.MaxConnections)
        {
            return true;
        }

        var count = 0;
        foreach (var connection in watch.Connections.Values)
        {
            count += !connection.IsKnown && connection.Address.Equals(address) ? 1 : 0;
        }

        return count >= ConnectionLimits.MaxStrangersPerAddress;
    }

    private void Check(ulong token, GuardedConnection connection)
    {
        if (!connection.IsThere)
        {
            // Seen before it was heard.
            _ended += connection.Watch.IsListening ? 1 : 0;
            Forget(connection.Watch, connection.Descriptor);
            _connections.Remove(token);
            return;
        }

        connection.Look();
        if (connection.Waiting > connection.Limit)
        {
            _flooding++;
            Cut(connection);
        }
    }

    // Many connections that each keep their limit can still hold too much together.
    private void CutGreediest()
    {
        var waiting = WaitingOfAll();
        while (waiting > ConnectionLimits.MaxWaitingBytes)
        {
            var greediest = _connections.Values.Where(one => one.Watch.IsListening)
                .MaxBy(one => (!one.IsKnown, one.Waiting))!;
            waiting -= greediest.Waiting;
            _flooding += greediest.IsThere ? 1 : 0;
            Cut(greediest);
        }
    }

    private long WaitingOfAll()
    {
        var waiting = 0L;
        foreach (var connection in _connections.Values)
        {
            waiting += connection.Watch.IsListening ? connection.Waiting : 0;
        }

        return waiting;
    }

    // What trickles in is read by libzmq before anybody could be told of it: everybody is looked at from time to time.
    private void CheckAll(TimeSpan now)
    {
        foreach (var (token, connection) in _connections)
        {
            Check(token, connection);
            if (IsOverdue(connection, now))
            {
                _idle += connection.IsThere ? 1 : 0;
                Cut(connection);
            }
        }

        CutGreediest();
        _checkAt = _connections.Count > 0 ? now + CheckInterval : TimeSpan.MaxValue;
    }

    // A router's connections prove themselves by a session; readers of frames have nothing to prove.
    private bool IsOverdue(GuardedConnection connection, TimeSpan now) =>
        !connection.IsKnown
        && connection.Watch.Kind == SocketKind.Router
        && now - connection.Since > ConnectionLimits.MaxStrangerAge
        && _connections.ContainsKey(connection.Token);

    private void Cut(GuardedConnection connection)
    {
        if (connection.IsThere)
        {
            SocketCalls.Cut(connection.Descriptor);
        }

        _connections.Remove(connection.Token);
        connection.Watch.Forget(connection.Descriptor);
    }

    private void Forget(SocketWatch watch, int descriptor)
    {
        if (watch.Connections.TryGetValue(descriptor, out var connection))
        {
            _connections.Remove(connection.Token);
            watch.Forget(descriptor);
        }
    }
}
