namespace Mesh.Core.Transport.Memory;

/// <summary>A socket that accepts connections.</summary>
internal abstract class MemoryListeningSocket(MemoryTransport owner, SocketKind kind, SocketOptions options)
    : MemorySocket(owner, kind, options)
{
    /// <summary>The open connections, oldest first.</summary>
    protected List<MemoryConnection> Connections { get; } = [];

    /// <summary>The kind that it accepts.</summary>
    internal SocketKind Accepts => Kind == SocketKind.Router ? SocketKind.Dealer : SocketKind.Subscriber;

    /// <summary>Takes a connection that is now open.</summary>
    internal virtual void AddLocked(MemoryConnection connection) => Connections.Add(connection);

    /// <inheritdoc/>
    internal override void ForgetLocked(MemoryConnection connection) => Connections.Remove(connection);

    /// <inheritdoc/>
    protected override MemoryPipe InboundPipe(MemoryConnection connection) => connection.TowardsListener;

    /// <inheritdoc/>
    protected override void CloseAllLocked()
    {
        while (Connections.Count > 0)
        {
            Connections[^1].CloseLocked(this);
        }
    }

    /// <summary>Sends unless the other end's queue is full.</summary>
    protected bool TrySendLocked(MemoryConnection connection, ReadOnlySpan<byte> address, ReadOnlySpan<byte> payload)
    {
        var pipe = connection.TowardsDialler;
        if (pipe.UnreadCount >= Options.SendHighWaterMark + connection.Dialler.Options.ReceiveHighWaterMark)
        {
            return false;
        }

        pipe.SendLocked(MemoryFrame.Copy(MemoryFrameKind.Message, address, payload));
        return true;
    }
}
