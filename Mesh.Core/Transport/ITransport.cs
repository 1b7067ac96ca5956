using System.Net;

namespace Mesh.Core.Transport;

/// <summary>
/// A node's message sockets and the one place where its loop waits for them. Knows bytes and addresses only.
/// </summary>
/// <remarks>
/// One loop thread owns the transport and every socket of it; only <see cref="Wake"/> may be called from any thread.
/// Every provider keeps these rules: nothing lingers when a socket is disposed, so a last message needs time on the
/// wire before that; no provider heartbeats and no provider reconnects, the caller makes a new socket instead;
/// limits of <see cref="SocketOptions"/> hold for every socket; nothing that a peer sends ever throws.
/// </remarks>
public interface ITransport : IDisposable
{
    /// <summary>The provider and its version, for people: "libzmq 4.3.4".</summary>
    string Description { get; }

    /// <summary>Opens a listening socket.</summary>
    /// <param name="kind"><see cref="SocketKind.Router"/> or <see cref="SocketKind.Publisher"/>.</param>
    /// <param name="local">
    /// Address and port; port 0 takes a free one, told by <see cref="ITransportSocket.LocalEndPoint"/>.
    /// <see cref="IPAddress.IPv6Any"/> listens for IPv4 too.
    /// </param>
    /// <param name="options">Limits.</param>
    /// <param name="socket">The socket, owned by the caller, when the result is Bound.</param>
    /// <returns>Bound, or why not.</returns>
    /// <exception cref="TransportException">The machine is out of sockets, descriptors or memory.</exception>
    BindResult TryBind(SocketKind kind, IPEndPoint local, SocketOptions options, out ITransportSocket? socket);

    /// <summary>
    /// Opens a connecting socket. Returns at once; a connection that cannot be made, or breaks, is not told: what is
    /// sent is queued up to the high-water mark and lost with the socket.
    /// </summary>
    /// <param name="kind"><see cref="SocketKind.Dealer"/> or <see cref="SocketKind.Subscriber"/>.</param>
    /// <param name="remote">Address and port; a link-local IPv6 address carries its scope.</param>
    /// <param name="options">Limits.</param>
    /// <returns>The socket, owned by the caller.</returns>
    /// <exception cref="TransportException">The machine is out of sockets, descriptors or memory.</exception>
    ITransportSocket Connect(SocketKind kind, IPEndPoint remote, SocketOptions options);

    /// <summary>What became of the connections of its sockets so far.</summary>
    ConnectionCounters Connections { get; }

    /// <summary>Cuts connections that cost too much; called once in each turn of the loop.</summary>
    /// <param name="now">Monotonic.</param>
    /// <returns>When it wants to be called again at the latest.</returns>
    TimeSpan Tend(TimeSpan now);

    /// <summary>
    /// Waits until some socket is readable, <see cref="Wake"/> was called since the last poll, or the timeout passed;
    /// then <see cref="ITransportSocket.IsReadable"/> of every socket is up to date. May return early.
    /// </summary>
    /// <param name="timeout">
    /// Rounded up to whole milliseconds; zero looks without waiting, <see cref="Timeout.InfiniteTimeSpan"/> waits for
    /// ever.
    /// </param>
    /// <returns><see langword="true"/> when a socket is readable or the transport was woken.</returns>
    bool Poll(TimeSpan timeout);

    /// <summary>
    /// Ends the poll under way, or the next one, at once. From any thread; many calls before a poll count as one; does
    /// nothing after disposal.
    /// </summary>
    void Wake();
}
