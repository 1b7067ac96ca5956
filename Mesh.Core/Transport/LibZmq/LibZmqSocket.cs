using System.Net;
using System.Runtime.InteropServices;

namespace Mesh.Core.Transport.LibZmq;

/// <summary>A socket of libzmq.</summary>
/// <remarks>
/// libzmq signals its descriptor when commands wait for the socket, and every call on the socket may handle some of
/// them. So what a poll learned holds until the next send; after one the socket is <em>unsettled</em>: it must be
/// asked again before the loop may sleep on the descriptor (manual page zmq_getsockopt, ZMQ_FD).
/// </remarks>
internal sealed unsafe class LibZmqSocket : ITransportSocket
{
    // Parts thrown away in one call. A message of a million parts then costs the loop many turns, never one long one.
    private const int MaxDrainedParts = 64;

    private readonly LibZmqTransport _owner;
    private readonly SocketWatch? _watch;
    private nint _handle;
    private bool _isDraining;

    /// <summary>Takes over a handle whose options are set.</summary>
    public LibZmqSocket(LibZmqTransport owner, SocketKind kind, nint handle, SocketWatch? watch)
    {
        _owner = owner;
        _watch = watch;
        _handle = handle;
        Kind = kind;

        int descriptor;
        var bytes = (nuint)sizeof(int);
        _ = ZmqLibrary.GetOption(handle, ZmqOption.Descriptor, &descriptor, ref bytes);
        Descriptor = descriptor;
    }

    public SocketKind Kind { get; }

    public IPEndPoint? LocalEndPoint { get; internal set; }

    public bool IsReadable { get; private set; }

    public long DroppedMessageCount { get; private set; }

    /// <summary>What to poll; belongs to libzmq.</summary>
    internal int Descriptor { get; }

    /// <summary>Place in the owner's list.</summary>
    internal int Index { get; set; }

    /// <summary>Whether the owner has it in its list of sockets to ask before it sleeps.</summary>
    internal bool IsUnsettled { get; set; }

    public SendOutcome TrySend(ReadOnlySpan<byte> address, ReadOnlySpan<byte> payload)
    {
        ObjectDisposedException.ThrowIf(_handle == 0, this);
        SocketChecks.ThrowIfCannotSend(Kind, address);

        _owner.MarkUnsettled(this);
        if (Kind != SocketKind.Dealer)
        {
            var first = Send(address, ZmqLibrary.DontWait | ZmqLibrary.SendMore);
            if (first != SendOutcome.Sent)
            {
                return first;
            }
        }

        return Send(payload, ZmqLibrary.DontWait);
    }

    public ReceiveOutcome TryReceive(ReceivedMessage into)
    {
        ObjectDisposedException.ThrowIf(_handle == 0, this);
        var part = _owner.Message;

        if (_isDraining)
        {
            Drain(part);
            return ReceiveOutcome.Dropped;
        }

        if (!part.TryReceive(_handle))
        {
            IsReadable = false;
            return ReceiveOutcome.None;
        }

        return Kind is SocketKind.Router or SocketKind.Subscriber ? TakePair(part, into) : TakeSingle(part, into);
    }

    public void Subscribe(ReadOnlySpan<byte> topic) => SetTopic(ZmqOption.Subscribe, topic);

    public void Unsubscribe(ReadOnlySpan<byte> topic) => SetTopic(ZmqOption.Unsubscribe, topic);

    public void Vouch(ReadOnlySpan<byte> address, bool isKnown)
    {
        if (_watch is not null && _handle != 0)
        {
            _owner.Guard!.Vouch(_watch, address, isKnown);
        }
    }

    public void Dispose()
    {
        if (_handle != 0)
        {
            _owner.Remove(this, _watch);
            _ = ZmqLibrary.Close(_handle);
            _handle = 0;
            IsReadable = false;
        }
    }

    /// <summary>Asks libzmq whether the socket is readable, which also lets it tidy up closed connections.</summary>
    /// <returns>The answer.</returns>
    internal bool Settle()
    {
        int events;
        var bytes = (nuint)sizeof(int);
        IsReadable = ZmqLibrary.GetOption(_handle, ZmqOption.Events, &events, ref bytes) == 0
            && (events & ZmqLibrary.PollIn) != 0;
        return IsReadable;
    }

    private SendOutcome Send(ReadOnlySpan<byte> part, int flags)
    {
        fixed (byte* bytes = part)
        {
            while (ZmqLibrary.Send(_handle, bytes, (nuint)part.Length, flags) < 0)
            {
                var error = Marshal.GetLastPInvokeError();
                if (error != ZmqError.Interrupted)
                {
                    return error == ZmqError.HostUnreachable ? SendOutcome.Unreachable : SendOutcome.Again;
                }
            }
        }

        return SendOutcome.Sent;
    }

    private ReceiveOutcome TakePair(ZmqMessage part, ReceivedMessage into)
    {
        if (!part.HasMore)
        {
            return Drop(part);
        }

        into.SetAddress(part.Data);
        if (!part.TryReceive(_handle) || part.HasMore)
        {
            return Drop(part);
        }

        if (NoteDelivered(part) is { RoutingId: null } connection)
        {
            connection.RoutingId = into.Address.ToArray();
        }

        into.SetPayload(part.Data);
        into.SetPeer(Kind == SocketKind.Router ? part.PeerAddress : default);
        return ReceiveOutcome.Received;
    }

    private ReceiveOutcome TakeSingle(ZmqMessage part, ReceivedMessage into)
    {
        if (part.HasMore || (Kind == SocketKind.Publisher && part.Data is not [0 or 1, ..]))
        {
            return Drop(part);
        }

        NoteDelivered(part);
        into.SetAddress(default);
        into.SetPayload(part.Data);
        into.SetPeer(default);
        return ReceiveOutcome.Received;
    }

    private ReceiveOutcome Drop(ZmqMessage part)
    {
        DroppedMessageCount++;
        NoteDelivered(part);
        _isDraining = part.HasMore;
        if (_isDraining)
        {
            Drain(part);
        }

        return ReceiveOutcome.Dropped;
    }

    private void Drain(ZmqMessage part)
    {
        for (var count = 0; count < MaxDrainedParts && _isDraining; count++)
        {
            // A message becomes visible as a whole, so its next part is there whenever one was announced.
            _isDraining = part.TryReceive(_handle) && part.HasMore;
            NoteDelivered(part);
        }
    }

    // A subscriber's topics are not counted, and a router's first part is libzmq's own.
    private GuardedConnection? NoteDelivered(ZmqMessage part)
    {
        if (_watch is null || Kind == SocketKind.Publisher)
        {
            return null;
        }

        var descriptor = part.SourceDescriptor;
        if (!_watch.Connections.TryGetValue(descriptor, out var connection))
        {
            // Its first message may come before the guard has looked: it was accepted earlier all the same.
            _owner.Guard!.Hear(_watch);
            _ = _watch.Connections.TryGetValue(descriptor, out connection);
        }

        connection?.Deliver(part.Data.Length);
        return connection;
    }

    private void SetTopic(ZmqOption option, ReadOnlySpan<byte> topic)
    {
        ObjectDisposedException.ThrowIf(_handle == 0, this);
        SocketChecks.ThrowIfNotSubscriber(Kind);

        _owner.MarkUnsettled(this);
        fixed (byte* bytes = topic)
        {
            _ = ZmqLibrary.SetOption(_handle, option, bytes, (nuint)topic.Length);
        }
    }
}
