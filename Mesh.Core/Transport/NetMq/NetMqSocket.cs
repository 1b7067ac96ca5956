using System.Net;
using NetMQ;
using NetMQ.Sockets;

namespace Mesh.Core.Transport.NetMq;

/// <summary>A socket of NetMQ.</summary>
/// <remarks>
/// NetMQ allocates each part that it sends or receives; its buffer pool stays the collector's, since pooled buffers
/// have raced with the reference counts of publishers.
/// </remarks>
internal sealed class NetMqSocket : ITransportSocket
{
    // Parts thrown away in one call. A message of a million parts then costs the loop many turns, never one long one.
    private const int MaxDrainedParts = 64;

    private readonly NetMqTransport _owner;
    private readonly NetMQSocket _socket;
    private bool _isDisposed;
    private bool _isDraining;

    /// <summary>Takes over a socket whose options are set.</summary>
    public NetMqSocket(NetMqTransport owner, SocketKind kind, NetMQSocket socket)
    {
        _owner = owner;
        _socket = socket;
        Kind = kind;
    }

    public SocketKind Kind { get; }

    public IPEndPoint? LocalEndPoint { get; internal set; }

    public bool IsReadable { get; internal set; }

    public long DroppedMessageCount { get; private set; }

    /// <summary>Place in the owner's list.</summary>
    internal int Index { get; set; }

    public SendOutcome TrySend(ReadOnlySpan<byte> address, ReadOnlySpan<byte> payload)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        SocketChecks.ThrowIfCannotSend(Kind, address);

        if (Kind != SocketKind.Dealer)
        {
            var first = Send(address, true);
            if (first != SendOutcome.Sent)
            {
                return first;
            }
        }

        return Send(payload, false);
    }

    public ReceiveOutcome TryReceive(ReceivedMessage into)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        var part = default(Msg);
        part.InitEmpty();
        try
        {
            if (_isDraining)
            {
                Drain(ref part);
                return ReceiveOutcome.Dropped;
            }

            if (!_socket.TryReceive(ref part, TimeSpan.Zero))
            {
                IsReadable = false;
                return ReceiveOutcome.None;
            }

            return Kind is SocketKind.Router or SocketKind.Subscriber
                ? TakePair(ref part, into)
                : TakeSingle(ref part, into);
        }
        finally
        {
            part.Close();
        }
    }

    public void Subscribe(ReadOnlySpan<byte> topic) => AsSubscriber().Subscribe(topic.ToArray());

    public void Unsubscribe(ReadOnlySpan<byte> topic) => AsSubscriber().Unsubscribe(topic.ToArray());

    // No connection of NetMQ is ever cut, so none needs somebody to vouch for it.
    public void Vouch(ReadOnlySpan<byte> address, bool isKnown)
    {
    }

    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            IsReadable = false;
            _owner.Remove(this);
            _socket.Dispose();
        }
    }

    private SendOutcome Send(ReadOnlySpan<byte> bytes, bool hasMore)
    {
        var part = default(Msg);
        part.InitPool(bytes.Length);
        bytes.CopyTo(part.Slice());
        try
        {
            return _socket.TrySend(ref part, TimeSpan.Zero, hasMore) ? SendOutcome.Sent : SendOutcome.Again;
        }
        catch (HostUnreachableException)
        {
            return SendOutcome.Unreachable;
        }
        finally
        {
            part.Close();
        }
    }

    private ReceiveOutcome TakePair(ref Msg part, ReceivedMessage into)
    {
        if (!part.HasMore)
        {
            return Drop(ref part);
        }

        into.SetAddress(part.Slice());
        if (!_socket.TryReceive(ref part, TimeSpan.Zero) || part.HasMore)
        {
            return Drop(ref part);
        }

        // NetMQ does not tell which address a message came from.
        into.SetPayload(part.Slice());
        into.SetPeer(default);
        return ReceiveOutcome.Received;
    }

    private ReceiveOutcome TakeSingle(ref Msg part, ReceivedMessage into)
    {
        ReadOnlySpan<byte> bytes = part.Slice();
        if (part.HasMore || (Kind == SocketKind.Publisher && bytes is not [0 or 1, ..]))
        {
            return Drop(ref part);
        }

        into.SetAddress(default);
        into.SetPayload(bytes);
        into.SetPeer(default);
        return ReceiveOutcome.Received;
    }

    private ReceiveOutcome Drop(ref Msg part)
    {
        DroppedMessageCount++;
        _isDraining = part.HasMore;
        if (_isDraining)
        {
            Drain(ref part);
        }

        return ReceiveOutcome.Dropped;
    }

    private void Drain(ref Msg part)
    {
        for (var count = 0; count < MaxDrainedParts && _isDraining; count++)
        {
            // A message becomes visible as a whole, so its next part is there whenever one was announced.
            _isDraining = _socket.TryReceive(ref part, TimeSpan.Zero) && part.HasMore;
        }
    }

    private SubscriberSocket AsSubscriber()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        SocketChecks.ThrowIfNotSubscriber(Kind);
        return (SubscriberSocket)_socket;
    }
}
