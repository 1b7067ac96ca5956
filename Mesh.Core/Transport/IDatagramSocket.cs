using System.Net;

namespace Mesh.Core.Transport;

/// <summary>A datagram port with a bounded queue of what arrived. One thread at a time uses it.</summary>
public interface IDatagramSocket : IDisposable
{
    /// <summary>The port it is bound to.</summary>
    int Port { get; }

    /// <summary>
    /// The interfaces as of the last <see cref="Refresh"/>, or of opening. One on which a send failed since is marked
    /// down.
    /// </summary>
    IReadOnlyList<DatagramInterface> Interfaces { get; }

    /// <summary>True when the machine said that its addresses changed since the last <see cref="Refresh"/>.</summary>
    bool NeedsRefresh { get; }

    /// <summary>What was received, refused and lost so far.</summary>
    DatagramCounters Counters { get; }

    /// <summary>
    /// Reads the interfaces anew and joins the multicast group where it is not joined. The caller does it every 10 s
    /// and when <see cref="NeedsRefresh"/> is set. Never throws.
    /// </summary>
    void Refresh();

    /// <summary>Takes the oldest queued datagram.</summary>
    /// <param name="into">Overwritten when the method returns true; kept by the caller, who uses it again.</param>
    /// <returns><see langword="false"/> when none is queued.</returns>
    bool TryReceive(ReceivedDatagram into);

    /// <summary>Sends one datagram to one address.</summary>
    /// <param name="datagram">At most <see cref="DatagramLimits.MaxDatagramBytes"/> bytes.</param>
    /// <param name="destination">A unicast address; a link-local one carries its scope.</param>
    /// <returns>
    /// <see langword="false"/> when the system refused it: no route, no room, interface down. Counted.
    /// </returns>
    /// <exception cref="ArgumentException">The datagram is too long.</exception>
    bool TrySend(ReadOnlySpan<byte> datagram, IPEndPoint destination);

    /// <summary>
    /// Sends one datagram to everybody on one interface: by directed broadcast, and by IPv6 multicast where the
    /// interface has a link-local address. Hearers on the same machine, this socket's own port included, hear it too.
    /// </summary>
    /// <param name="datagram">At most <see cref="DatagramLimits.MaxDatagramBytes"/> bytes.</param>
    /// <param name="link">One of <see cref="Interfaces"/>.</param>
    /// <param name="port">The shared port of the hearers.</param>
    /// <returns>
    /// How many datagrams left, 0 to 2; 0 also marks the interface down until the next <see cref="Refresh"/>.
    /// </returns>
    /// <exception cref="ArgumentException">The datagram is too long.</exception>
    int Announce(ReadOnlySpan<byte> datagram, DatagramInterface link, int port);
}
