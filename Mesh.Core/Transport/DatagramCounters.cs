namespace Mesh.Core.Transport;

/// <summary>What a datagram socket saw since it was opened.</summary>
/// <param name="Received">Datagrams queued.</param>
/// <param name="TooLong">Datagrams dropped because they were longer than the limit.</param>
/// <param name="QueueFull">Datagrams dropped because the queue was full.</param>
/// <param name="SendFailed">Sends that the system refused.</param>
/// <param name="ReceiveFailed">Receives that the system ended with an error.</param>
public readonly record struct DatagramCounters(
    long Received,
    long TooLong,
    long QueueFull,
    long SendFailed,
    long ReceiveFailed);
