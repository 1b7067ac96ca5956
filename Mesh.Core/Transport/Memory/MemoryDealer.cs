namespace Mesh.Core.Transport.Memory;

/// <summary>A dealer of the in-memory network.</summary>
internal sealed class MemoryDealer(MemoryTransport owner, SocketOptions options)
    : MemoryDiallingSocket(owner, SocketKind.Dealer, options)
{
    /// <inheritdoc/>
    protected override SendOutcome SendLocked(ReadOnlySpan<byte> address, ReadOnlySpan<byte> payload)
    {
        var limit = Options.SendHighWaterMark + (Connection?.Listener?.Options.ReceiveHighWaterMark ?? 0);
        if (Connection is null || Connection.TowardsListener.UnreadCount >= limit)
        {
            return SendOutcome.Again;
        }

        Connection.TowardsListener.SendLocked(MemoryFrame.Copy(MemoryFrameKind.Message, default, payload));
        return SendOutcome.Sent;
    }
}
