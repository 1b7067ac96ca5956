using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace Mesh.Core.Transport.LibZmq;

/// <summary>The transport on the reference library of ZeroMQ, for Linux and macOS.</summary>
/// <remarks>
/// It polls the sockets' own descriptors, so a turn of the loop asks libzmq only about the sockets that something
/// happened to; zmq_poll would make a system call for each of them.
/// </remarks>
internal sealed unsafe class LibZmqTransport : ITransport
{
    // 1,024 sessions, as many subscribers, listeners, and the rest to spare for those on their way out.
    private const int MaxSockets = 4096;

    private readonly nint _context;
    // Before the sockets' descriptors come the one to be woken by and the guard's.
    private const int FirstSocket = 2;

    private readonly WakeDescriptor _wake;
    private readonly List<LibZmqSocket> _sockets = [];
    private readonly List<LibZmqSocket> _unsettled = [];
    private PollDescriptor[] _descriptors = new PollDescriptor[16];
    private bool _disposed;

    /// <summary>Starts a context of its own with one I/O thread.</summary>
    /// <exception cref="TransportException">libzmq is not installed, or the process is out of descriptors.</exception>
    /// <exception cref="PlatformNotSupportedException">This is Windows.</exception>
    public LibZmqTransport()
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("The libzmq provider polls descriptors, which Windows has not.");
        }

        try
        {
            ZmqLibrary.Version(out var major, out var minor, out var patch);
            Description = $"libzmq {major}.{minor}.{patch}";
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            throw new TransportException("libzmq 4 was not found; install libzmq5 (Debian) or zeromq.", exception);
        }

        _wake = new WakeDescriptor();
        _descriptors[0] = new PollDescriptor(_wake.Descriptor);
        _context = ZmqLibrary.NewContext();
        if (_context == 0)
        {
            _wake.Dispose();
            throw Failure("start a context");
        }

        Message = new ZmqMessage();
        _ = ZmqLibrary.SetContext(_context, ZmqLibrary.ContextMaxSockets, MaxSockets);
        Guard = ConnectionGuard.Create(_context);
        _descriptors[1] = new PollDescriptor(Guard?.Descriptor ?? PollDescriptor.None);
    }

    /// <inheritdoc/>
    public string Description { get; }

    /// <inheritdoc/>
    public ConnectionCounters Connections => Guard?.Counters ?? default;

    /// <summary>Cuts connections that cost too much; null where the system does not help.</summary>
    internal ConnectionGuard? Guard { get; }

    /// <summary>What parts are received into; one serves all sockets, since one thread owns them.</summary>
    internal ZmqMessage Message { get; }

    /// <inheritdoc/>
    public BindResult TryBind(SocketKind kind, IPEndPoint local, SocketOptions options, out ITransportSocket? socket)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        SocketChecks.ThrowIfCannotBind(kind, local);
        ArgumentNullException.ThrowIfNull(options);

        socket = null;
        var handle = Open(kind, local.AddressFamily, options.Validated());
        var watch = Guard?.Watch(handle, kind);
        if (ZmqLibrary.Bind(handle, Endpoint(local)) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            Discard(handle, watch);
            return ToBindResult(error, local);
        }

        var bound = Add(kind, handle, watch);
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
        var watch = Guard?.Watch(handle, kind);
        if (ZmqLibrary.Connect(handle, Endpoint(remote)) != 0)
        {
            var failure = Failure($"connect to {remote}");
            Discard(handle, watch);
            throw failure;
        }

        return Add(kind, handle, watch);
    }

    /// <inheritdoc/>
    public bool Poll(TimeSpan timeout)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var milliseconds = SocketChecks.ToPollMilliseconds(timeout);
        var found = SettleAll();
        int signalled;

        fixed (PollDescriptor* descriptors = _descriptors)
        {
            signalled = PosixLibrary.Poll(descriptors, (nuint)_sockets.Count + FirstSocket, found ? 0 : milliseconds);
        }

        // Below zero is an interruption by a signal, which counts as an early return.
        return signalled > 0 ? TakeSignals(signalled) || found : found;
    }

    /// <inheritdoc/>
    public TimeSpan Tend(TimeSpan now)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (Guard is null)
        {
            return TimeSpan.MaxValue;
        }

        var next = Guard.Tend(now, out var isArmed);
        _descriptors[1] = new PollDescriptor(isArmed ? Guard.Descriptor : PollDescriptor.None);
        return next;
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

        for (var index = _sockets.Count - 1; index >= 0; index--)
        {
            _sockets[index].Dispose();
        }

        // Waits for the I/O thread to let go of the sockets, which is quick because none of them lingers.
        _disposed = true;
        while (ZmqLibrary.TerminateContext(_context) != 0
            && Marshal.GetLastPInvokeError() == ZmqError.Interrupted)
        {
        }

        Message.Dispose();
        Guard?.Dispose();
        _wake.Dispose();
    }

    /// <summary>Puts a socket on the list of those to ask before the loop may sleep.</summary>
    internal void MarkUnsettled(LibZmqSocket socket)
    {
        if (!socket.IsUnsettled)
        {
            socket.IsUnsettled = true;
            _unsettled.Add(socket);
        }
    }

    /// <summary>Forgets a socket that is about to close.</summary>
    internal void Remove(LibZmqSocket socket, SocketWatch? watch)
    {
        if (watch is not null)
        {
            Guard!.Remove(watch);
        }

        var last = _sockets[^1];
        _sockets[socket.Index] = last;
        _descriptors[socket.Index + FirstSocket] = _descriptors[_sockets.Count + FirstSocket - 1];
        last.Index = socket.Index;
        _sockets.RemoveAt(_sockets.Count - 1);
        _ = _unsettled.Remove(socket);
    }

    private static TransportException Failure(string doing)
    {
        return new TransportException($"libzmq cannot {doing}: {ZmqLibrary.Describe(Marshal.GetLastPInvokeError())}.");
    }

    private static BindResult ToBindResult(int error, IPEndPoint local) => error switch
    {
        _ when error == ZmqError.AddressInUse => BindResult.AddressInUse,
        _ when error == ZmqError.AddressNotAvailable || error == ZmqError.FamilyNotSupported
            || error == ZmqError.NoSuchDevice => BindResult.AddressNotAvailable,
        ZmqError.AccessDenied or ZmqError.NotPermitted => BindResult.Denied,
        _ => throw new TransportException($"libzmq cannot bind {local}: {ZmqLibrary.Describe(error)}."),
    };

    // "*" is the wildcard that also works where IPv6 is switched off. An IPv6 scope is written as a number.
    private static string Endpoint(IPEndPoint endPoint) => endPoint.Address.Equals(IPAddress.IPv6Any)
        ? $"tcp://*:{endPoint.Port}"
        : $"tcp://{endPoint}";

    private static int BoundPort(nint handle)
    {
        var text = stackalloc byte[256];
        var bytes = (nuint)256;
        if (ZmqLibrary.GetOption(handle, ZmqOption.LastEndpoint, text, ref bytes) != 0)
        {
            return 0;
        }

        var endpoint = Encoding.ASCII.GetString(text, (int)bytes - 1);
        return int.Parse(endpoint.AsSpan(endpoint.LastIndexOf(':') + 1), provider: null);
    }

    private nint Open(SocketKind kind, AddressFamily family, SocketOptions options)
    {
        var handle = ZmqLibrary.NewSocket(_context, ZmqOptions.SocketType(kind));
        if (handle == 0)
        {
            throw Failure($"open a {kind} socket");
        }

        ZmqOptions.Apply(handle, kind, family, options);
        return handle;
    }

    private void Discard(nint handle, SocketWatch? watch)
    {
        if (watch is not null)
        {
            Guard!.Remove(watch);
        }

        _ = ZmqLibrary.Close(handle);
    }

    private LibZmqSocket Add(SocketKind kind, nint handle, SocketWatch? watch)
    {
        var socket = new LibZmqSocket(this, kind, handle, watch) { Index = _sockets.Count };
        _sockets.Add(socket);
        var index = socket.Index + FirstSocket;
        if (_descriptors.Length <= index)
        {
            Array.Resize(ref _descriptors, _descriptors.Length * 2);
        }

        _descriptors[index] = new PollDescriptor(socket.Descriptor);
        MarkUnsettled(socket);
        return socket;
    }

    private bool SettleAll()
    {
        var readable = 0;
        for (var index = 0; index < _unsettled.Count; index++)
        {
            var socket = _unsettled[index];
            socket.IsUnsettled = socket.Settle();
            if (socket.IsUnsettled)
            {
                _unsettled[readable++] = socket;
            }
        }

        _unsettled.RemoveRange(readable, _unsettled.Count - readable);
        return readable > 0;
    }

    private bool TakeSignals(int signalled)
    {
        var found = false;
        for (var index = 0; index < _sockets.Count + FirstSocket && signalled > 0; index++)
        {
            if (_descriptors[index].Returned == 0)
            {
                continue;
            }

            signalled--;
            if (index == 0)
            {
                _wake.Clear();
                found = true;
            }
            else if (index == 1)
            {
                _descriptors[1] = new PollDescriptor(PollDescriptor.None);
                Guard!.Signal();
            }
            else if (_sockets[index - FirstSocket].Settle())
            {
                MarkUnsettled(_sockets[index - FirstSocket]);
                found = true;
            }
        }

        return found;
    }
}
