using System.Runtime.InteropServices;

namespace Mesh.Core.Transport.LibZmq;

/// <summary>Hears from libzmq which connections one of its sockets has, and keeps them.</summary>
internal sealed unsafe class SocketWatch : IDisposable
{
    /// <summary>ZMQ_EVENT_CONNECTED.</summary>
    public const int Connected = 0x0001;

    /// <summary>ZMQ_EVENT_ACCEPTED.</summary>
    public const int Accepted = 0x0020;

    /// <summary>ZMQ_EVENT_DISCONNECTED.</summary>
    public const int Disconnected = 0x0200;

    private const int EventBytes = 6;

    private readonly Dictionary<int, GuardedConnection> _connections = [];
    private readonly ZmqMessage _event = new();
    private readonly nint _monitored;
    private nint _pair;

    private SocketWatch(nint monitored, nint pair, SocketKind kind)
    {
        _monitored = monitored;
        _pair = pair;
        Kind = kind;
        int descriptor;
        var bytes = (nuint)sizeof(int);
        _ = ZmqLibrary.GetOption(pair, ZmqOption.Descriptor, &descriptor, ref bytes);
        Descriptor = descriptor;
    }

    /// <summary>What the socket is.</summary>
    public SocketKind Kind { get; }

    /// <summary>Readable when there may be something to hear.</summary>
    public int Descriptor { get; }

    /// <summary>The guard's number for it.</summary>
    public ulong Token { get; set; }

    /// <summary>Whether others dial it.</summary>
    public bool IsListening => Kind is SocketKind.Router or SocketKind.Publisher;

    /// <summary>The connections by descriptor.</summary>
    public IReadOnlyDictionary<int, GuardedConnection> Connections => _connections;

    /// <summary>Begins to listen, before the socket binds or connects.</summary>
    /// <param name="context">The context of the socket.</param>
    /// <param name="socket">The socket's handle.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="number">Unlike that of every other watch of the context.</param>
    /// <returns>Null when libzmq has no room for it.</returns>
    public static SocketWatch? TryOpen(nint context, nint socket, SocketKind kind, ulong number)
    {
        var events = kind is SocketKind.Router or SocketKind.Publisher ? Accepted | Disconnected : Connected;
        var endpoint = $"inproc://watch-{number}";
        if (ZmqLibrary.Monitor(socket, endpoint, events) != 0)
        {
            return null;
        }

        var pair = ZmqLibrary.NewSocket(context, ZmqLibrary.Pair);
        if (pair == 0)
        {
            _ = ZmqLibrary.Monitor(socket, null, 0);
            return null;
        }

        // Without a bound, or a loop that is busy would hold up the thread that serves every connection.
        var none = 0;
        _ = ZmqLibrary.SetOption(pair, ZmqOption.ReceiveHighWaterMark, &none, sizeof(int));
        _ = ZmqLibrary.SetOption(pair, ZmqOption.Linger, &none, sizeof(int));
        _ = ZmqLibrary.Connect(pair, endpoint);
        return new SocketWatch(socket, pair, kind);
    }

    /// <summary>Takes the next thing to hear.</summary>
    /// <param name="kind">Which event.</param>
    /// <param name="descriptor">Of which connection.</param>
    /// <returns>False when there is nothing.</returns>
    public bool TryHear(out int kind, out int descriptor)
    {
        (kind, descriptor) = (0, -1);
        if (_pair == 0 || !_event.TryReceive(_pair))
        {
            return false;
        }

        if (_event.Data.Length == EventBytes)
        {
            kind = MemoryMarshal.Read<ushort>(_event.Data);
            descriptor = MemoryMarshal.Read<int>(_event.Data[sizeof(ushort)..]);
        }

        while (_event.HasMore && _event.TryReceive(_pair))
        {
            // The endpoint of the event, which is our own.
        }

        return true;
    }

    /// <summary>Keeps a connection, in place of one that had its descriptor.</summary>
    public void Keep(GuardedConnection connection) => _connections[connection.Descriptor] = connection;

    /// <summary>Forgets a connection.</summary>
    public void Forget(int descriptor) => _connections.Remove(descriptor);

    /// <summary>Hears no more, and keeps what it knows: a socket that dials has one connection.</summary>
    public void Deafen()
    {
        if (_pair != 0)
        {
            _ = ZmqLibrary.Monitor(_monitored, null, 0);
            _ = ZmqLibrary.Close(_pair);
            _pair = 0;
        }
    }

    public void Dispose()
    {
        Deafen();
        _connections.Clear();
        _event.Dispose();
    }
}
