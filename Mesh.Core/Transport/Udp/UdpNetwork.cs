using System.Net.Sockets;

namespace Mesh.Core.Transport.Udp;

/// <summary>The datagrams of this machine, over UDP. Keeps no state of its own; any thread may use it.</summary>
public sealed class UdpNetwork : IDatagramNetwork
{
    /// <inheritdoc/>
    public IReadOnlyList<DatagramInterface> ReadInterfaces() => UdpInterfaces.Read();

    /// <inheritdoc/>
    public BindResult TryOpenShared(int port, Action readable, out IDatagramSocket? socket)
    {
        DatagramChecks.ThrowIfNoPort(port);
        ArgumentNullException.ThrowIfNull(readable);

        socket = null;
        try
        {
            socket = new UdpDatagramSocket(UdpPort.OpenShared(port), isShared: true, readable);
            return BindResult.Bound;
        }
        catch (SocketException exception)
        {
            return ToBindResult(exception);
        }
    }

    /// <inheritdoc/>
    public IDatagramSocket OpenPrivate(Action readable)
    {
        ArgumentNullException.ThrowIfNull(readable);
        try
        {
            return new UdpDatagramSocket(UdpPort.OpenPrivate(), isShared: false, readable);
        }
        catch (SocketException exception)
        {
            throw new TransportException($"No UDP port to be had: {exception.Message}.", exception);
        }
    }

    private static BindResult ToBindResult(SocketException exception) => exception.SocketErrorCode switch
    {
        SocketError.AddressAlreadyInUse => BindResult.AddressInUse,
        SocketError.AccessDenied => BindResult.Denied,
        SocketError.AddressNotAvailable or SocketError.AddressFamilyNotSupported => BindResult.AddressNotAvailable,
        _ => throw new TransportException($"UDP is not to be had: {exception.Message}.", exception),
    };
}
