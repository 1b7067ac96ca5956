using System.Net;

namespace Mesh.Core.Transport;

/// <summary>One socket of an <see cref="ITransport"/>. Only the transport's loop thread may touch it.</summary>
/// <remarks>
/// Disposing it closes its connections and drops what is queued; the transport disposes what is left.
/// </remarks>
public interface ITransportSocket : IDisposable
{
    /// <summary>What the socket is.</summary>
    SocketKind Kind { get; }

    /// <summary>Where a bound socket listens, with its true port; <see langword="null"/> for others.</summary>
    IPEndPoint? LocalEndPoint { get; }

    /// <summary>True from the poll that found something to receive until a receive finds nothing.</summary>
    bool IsReadable { get; }

    /// <summary>Messages of a wrong shape that were thrown away so far.</summary>
    long DroppedMessageCount { get; }

    /// <summary>Offers one message; never waits. The bytes are copied before it returns.</summary>
    /// <param name="address">Routing id (router), topic (publisher), empty (dealer).</param>
    /// <param name="payload">Any length.</param>
    /// <returns>Whether it was taken.</returns>
    /// <exception cref="InvalidOperationException">The socket is a subscriber.</exception>
    /// <exception cref="ArgumentException">A dealer was given an address.</exception>
    SendOutcome TrySend(ReadOnlySpan<byte> address, ReadOnlySpan<byte> payload);

    /// <summary>Takes one message if one is waiting; never waits.</summary>
    /// <param name="into">
    /// Overwritten; holds a message only when the outcome is Received. The caller uses it again.
    /// </param>
    /// <returns>Whether there was one.</returns>
    ReceiveOutcome TryReceive(ReceivedMessage into);

    /// <summary>Asks the publisher for every topic that begins with this one.</summary>
    /// <param name="topic">Any length; empty asks for everything. Counted: as many unsubscribes end it.</param>
    /// <exception cref="InvalidOperationException">The socket is not a subscriber.</exception>
    void Subscribe(ReadOnlySpan<byte> topic);

    /// <summary>Takes one <see cref="Subscribe"/> back.</summary>
    /// <param name="topic">The same bytes.</param>
    /// <exception cref="InvalidOperationException">The socket is not a subscriber.</exception>
    void Unsubscribe(ReadOnlySpan<byte> topic);

    /// <summary>
    /// Says that a connection carries a session, so that it gets more room than a stranger's and may stay.
    /// </summary>
    /// <param name="address">Routing id (router), empty (dealer).</param>
    /// <param name="isKnown">False takes it back.</param>
    void Vouch(ReadOnlySpan<byte> address, bool isKnown);
}
