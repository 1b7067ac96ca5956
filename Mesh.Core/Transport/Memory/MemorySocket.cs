using System.Net;

namespace Mesh.Core.Transport.Memory;

/// <summary>What the four kinds of socket of the in-memory network share. Guarded by the network's lock.</summary>
internal abstract class MemorySocket(MemoryTransport owner, SocketKind kind, SocketOptions options) : ITransportSocket
{
    private readonly Queue<(MemoryFrame Frame, MemoryConnection? Connection)> _inbox = new();
    private bool _disposed;

    public SocketKind Kind { get; } = kind;

    public IPEndPoint? LocalEndPoint { get; internal set; }

    public bool IsReadable { get; private set; }

    // Peers of this network have no way to send a message of a wrong shape.
    public long DroppedMessageCount => 0;

    /// <summary>Limits.</summary>
    internal SocketOptions Options { get; } = options;

    /// <summary>Whose it is.</summary>
    protected MemoryTransport Owner { get; } = owner;

    /// <summary>Where it is.</summary>
    protected MemoryNetwork Network => Owner.Network;

    public SendOutcome TrySend(ReadOnlySpan<byte> address, ReadOnlySpan<byte> payload)
    {
        SocketChecks.ThrowIfCannotSend(Kind, address);
        lock (Network.Gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var outcome = SendLocked(address, payload);
            Network.PumpLocked();
            return outcome;
        }
    }

    public ReceiveOutcome TryReceive(ReceivedMessage into)
    {
        lock (Network.Gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            while (_inbox.TryDequeue(out var entry))
            {
                var isWanted = IsWantedLocked(entry.Frame);
                if (isWanted)
                {
                    Fill(into, entry.Frame, entry.Connection);
                }

                entry.Frame.Release();
                if (entry.Connection is not null)
                {
                    InboundPipe(entry.Connection).UnreadCount--;
                }

                if (isWanted)
                {
                    return ReceiveOutcome.Received;
                }
            }

            IsReadable = false;
            return ReceiveOutcome.None;
        }
    }

    public virtual void Subscribe(ReadOnlySpan<byte> topic) => SocketChecks.ThrowIfNotSubscriber(Kind);

    public virtual void Unsubscribe(ReadOnlySpan<byte> topic) => SocketChecks.ThrowIfNotSubscriber(Kind);

    public void Vouch(ReadOnlySpan<byte> address, bool isKnown)
    {
        // Nobody floods this network with unfinished messages.
    }

    public void Dispose()
    {
        lock (Network.Gate)
        {
            if (!_disposed)
            {
                _disposed = true;
                IsReadable = false;
                Owner.RemoveLocked(this);
                CloseAllLocked();
                while (_inbox.TryDequeue(out var entry))
                {
                    entry.Frame.Release();
                }

                Network.PumpLocked();
            }
        }
    }

    /// <summary>Notes for the loop whether there is something to receive.</summary>
    /// <returns>The answer.</returns>
    internal bool SettleLocked() => IsReadable = _inbox.Count > 0;

    /// <summary>Takes a frame that arrived on an open connection.</summary>
    internal void AcceptLocked(MemoryConnection connection, in MemoryFrame frame)
    {
        if (LengthLocked(frame) > Options.MaxMessageBytes)
        {
            frame.Release();
            connection.CloseLocked(this);
            return;
        }

        TakeLocked(connection, frame);
    }

    /// <summary>Drops a connection that is closed.</summary>
    internal abstract void ForgetLocked(MemoryConnection connection);

    /// <summary>Sends one message.</summary>
    protected abstract SendOutcome SendLocked(ReadOnlySpan<byte> address, ReadOnlySpan<byte> payload);

    /// <summary>Closes every connection.</summary>
    protected abstract void CloseAllLocked();

    /// <summary>The direction of a connection that leads here.</summary>
    protected abstract MemoryPipe InboundPipe(MemoryConnection connection);

    /// <summary>Puts a frame into the inbox, or does what else it is for.</summary>
    protected virtual void TakeLocked(MemoryConnection connection, in MemoryFrame frame) =>
        EnqueueLocked(connection, frame);

    /// <summary>Whether a queued message is still asked for.</summary>
    protected virtual bool IsWantedLocked(in MemoryFrame frame) => true;

    /// <summary>Makes a message readable.</summary>
    protected void EnqueueLocked(MemoryConnection? connection, in MemoryFrame frame)
    {
        _inbox.Enqueue((frame, connection));
        Owner.Signal();
    }

    // As on the wire: the longest part counts, and a subscription has a byte before its topic.
    private static int LengthLocked(in MemoryFrame frame)
    {
        return frame.Kind == MemoryFrameKind.Message
            ? Math.Max(frame.Address.Length, frame.Payload.Length)
            : frame.Payload.Length + 1;
    }

    private void Fill(ReceivedMessage into, in MemoryFrame frame, MemoryConnection? connection)
    {
        var isRouter = Kind == SocketKind.Router;
        into.SetAddress(isRouter ? connection!.RoutingId : frame.Address);
        into.SetPayload(frame.Payload);
        into.SetPeer(isRouter ? connection!.PeerText : default);
    }
}
