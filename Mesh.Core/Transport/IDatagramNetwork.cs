namespace Mesh.Core.Transport;

/// <summary>The datagram side of a machine: its interfaces, the shared beacon port and private ports.</summary>
public interface IDatagramNetwork
{
    /// <summary>Reads the interfaces anew. Never throws; an unreadable machine has none.</summary>
    /// <returns>Those that are up and down, loopback included, in order of index.</returns>
    IReadOnlyList<DatagramInterface> ReadInterfaces();

    /// <summary>
    /// Opens a port that every node of this machine shares: each of them hears each broadcast and multicast to it.
    /// Unicast to it reaches only one of them, so answers go to private ports.
    /// </summary>
    /// <param name="port">1 to 65535.</param>
    /// <param name="readable">Called from any thread, briefly, when a datagram was queued; a loop's wake.</param>
    /// <param name="socket">The socket, owned by the caller, when the result is Bound.</param>
    /// <returns>Bound, or why not: a program that does not share the port makes it AddressInUse.</returns>
    BindResult TryOpenShared(int port, Action readable, out IDatagramSocket? socket);

    /// <summary>Opens a private port, chosen by the system.</summary>
    /// <param name="readable">Called from any thread, briefly, when a datagram was queued; a loop's wake.</param>
    /// <returns>The socket, owned by the caller.</returns>
    /// <exception cref="TransportException">The machine is out of ports or descriptors.</exception>
    IDatagramSocket OpenPrivate(Action readable);
}
