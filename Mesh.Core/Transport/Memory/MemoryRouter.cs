using System.Buffers.Binary;

namespace Mesh.Core.Transport.Memory;

/// <summary>A router of the in-memory network.</summary>
internal sealed class MemoryRouter(MemoryTransport owner, SocketOptions options)
    : MemoryListeningSocket(owner, SocketKind.Router, options)
{
    private readonly Dictionary<uint, MemoryConnection> _byNumber = [];
    private uint _lastNumber;

    /// <inheritdoc/>
    internal override void AddLocked(MemoryConnection connection)
    {
        // The form that libzmq gives to ids of its own making: a zero, then four bytes.
        connection.RoutingId = new byte[5];
        BinaryPrimitives.WriteUInt32BigEndian(connection.RoutingId.AsSpan(1), ++_lastNumber);
        _byNumber.Add(_lastNumber, connection);
        base.AddLocked(connection);
    }

    /// <inheritdoc/>
    internal override void ForgetLocked(MemoryConnection connection)
    {
        _ = _byNumber.Remove(BinaryPrimitives.ReadUInt32BigEndian(connection.RoutingId.AsSpan(1)));
        base.ForgetLocked(connection);
    }

    /// <inheritdoc/>
    protected override SendOutcome SendLocked(ReadOnlySpan<byte> address, ReadOnlySpan<byte> payload)
    {
        if (address.Length != 5 || address[0] != 0
            || !_byNumber.TryGetValue(BinaryPrimitives.ReadUInt32BigEndian(address[1..]), out var connection))
        {
            return SendOutcome.Unreachable;
        }

        return TrySendLocked(connection, default, payload) ? SendOutcome.Sent : SendOutcome.Again;
    }
}
