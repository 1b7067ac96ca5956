namespace Mesh.Core.Transport.Memory;

/// <summary>A socket with one connection, which it dialled.</summary>
internal abstract class MemoryDiallingSocket(MemoryTransport owner, SocketKind kind, SocketOptions options)
    : MemorySocket(owner, kind, options)
{
    /// <summary>The connection; none once it is gone, or when no host has the address.</summary>
    protected MemoryConnection? Connection { get; private set; }

    /// <summary>Begins to dial.</summary>
    internal void DialLocked(MemoryConnection? connection)
    {
        Connection = connection;
        connection?.TowardsListener.SendLocked(MemoryFrame.Signal(MemoryFrameKind.Open));
    }

    /// <inheritdoc/>
    internal override void ForgetLocked(MemoryConnection connection) => Connection = null;

    /// <inheritdoc/>
    protected override MemoryPipe InboundPipe(MemoryConnection connection) => connection.TowardsDialler;

    /// <inheritdoc/>
    protected override void CloseAllLocked() => Connection?.CloseLocked(this);
}
