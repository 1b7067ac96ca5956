namespace Mesh.Core.Transport;

/// <summary>Limits of one socket, set before it binds or connects.</summary>
public sealed record SocketOptions
{
    /// <summary>
    /// Longest inbound part, in bytes; 64 KiB unless told. A peer that sends a longer one loses its connection before
    /// memory is given to it. At least 64: the handshake below the messages needs that much.
    /// </summary>
    public int MaxMessageBytes { get; init; } = 64 * 1024;

    /// <summary>
    /// Messages queued for one peer before more are refused (router, dealer) or lost (publisher); 1 or more, 256
    /// unless told. More rides out longer stalls, and costs that many messages of memory for each peer.
    /// </summary>
    public int SendHighWaterMark { get; init; } = 256;

    /// <summary>Messages queued from one peer before it is held back; 1 or more, 256 unless told.</summary>
    public int ReceiveHighWaterMark { get; init; } = 256;

    /// <summary>How long a connection may take for its greeting; over 0, whole milliseconds, 3 s unless told.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Connections that the operating system holds for a listener until accepted; 1 or more.</summary>
    public int Backlog { get; init; } = 256;

    /// <summary>Checks every value.</summary>
    /// <returns>This record.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range; the message names it.</exception>
    public SocketOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxMessageBytes, 64);
        ArgumentOutOfRangeException.ThrowIfLessThan(SendHighWaterMark, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(ReceiveHighWaterMark, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(HandshakeTimeout, TimeSpan.FromMilliseconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(HandshakeTimeout, TimeSpan.FromMinutes(5));
        ArgumentOutOfRangeException.ThrowIfLessThan(Backlog, 1);
        return this;
    }
}
