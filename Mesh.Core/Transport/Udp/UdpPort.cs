using System.Net;
using System.Net.Sockets;

namespace Mesh.Core.Transport.Udp;

/// <summary>
/// One UDP port in both families: an IPv4 socket, and an IPv6 one of the same number where the machine has IPv6. Two
/// sockets and not one for both, because broadcast does not pass through an IPv6 socket everywhere.
/// </summary>
internal sealed class UdpPort : IDisposable
{
    private const int MaxAttempts = 16;

    // SIO_UDP_CONNRESET: on Windows an "unreachable" from a peer would otherwise end the next receive.
    private const int WindowsConnectionReset = -1744830452;

    private UdpPort(Socket ipv4, Socket? ipv6)
    {
        Ipv4 = ipv4;
        Ipv6 = ipv6;
        Number = ((IPEndPoint)ipv4.LocalEndPoint!).Port;
    }

    /// <summary>The port's number.</summary>
    public int Number { get; }

    /// <summary>The IPv4 socket.</summary>
    public Socket Ipv4 { get; }

    /// <summary>The IPv6 socket, where there is one.</summary>
    public Socket? Ipv6 { get; }

    /// <summary>Opens a port that others may open too.</summary>
    /// <exception cref="SocketException">The port is not to be had.</exception>
    public static UdpPort OpenShared(int port)
    {
        var ipv4 = Open(AddressFamily.InterNetwork, port, isShared: true);
        try
        {
            return new UdpPort(ipv4, TryOpenIpv6(port, isShared: true));
        }
        catch (SocketException)
        {
            ipv4.Dispose();
            throw;
        }
    }

    /// <summary>Opens a free port for this program alone.</summary>
    /// <exception cref="SocketException">No port is to be had.</exception>
    public static UdpPort OpenPrivate()
    {
        for (var attempt = 1; ; attempt++)
        {
            var ipv4 = Open(AddressFamily.InterNetwork, 0, isShared: false);
            try
            {
                return new UdpPort(ipv4, TryOpenIpv6(((IPEndPoint)ipv4.LocalEndPoint!).Port, isShared: false));
            }
            catch (SocketException) when (attempt < MaxAttempts)
            {
                // The number is free in one family only; the system hands out another one.
                ipv4.Dispose();
            }
            catch (SocketException)
            {
                ipv4.Dispose();
                throw;
            }
        }
    }

    public void Dispose()
    {
        Ipv4.Dispose();
        Ipv6?.Dispose();
    }

    private static Socket? TryOpenIpv6(int port, bool isShared)
    {
        if (!Socket.OSSupportsIPv6)
        {
            return null;
        }

        try
        {
            return Open(AddressFamily.InterNetworkV6, port, isShared);
        }
        catch (SocketException exception) when (exception.SocketErrorCode
            is SocketError.AddressFamilyNotSupported or SocketError.AddressNotAvailable)
        {
            return null;
        }
    }

    private static Socket Open(AddressFamily family, int port, bool isShared)
    {
        var socket = new Socket(family, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            SetUp(socket, isShared);
            socket.Bind(new IPEndPoint(family == AddressFamily.InterNetwork ? IPAddress.Any : IPAddress.IPv6Any, port));
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }

    private static void SetUp(Socket socket, bool isShared)
    {
        if (isShared)
        {
            SetReuseAddress(socket);
        }

        // A full send buffer loses a beacon rather than hold the loop.
        socket.Blocking = false;
        if (socket.AddressFamily == AddressFamily.InterNetwork)
        {
            socket.EnableBroadcast = true;
            socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.PacketInformation, true);
        }
        else
        {
            socket.DualMode = false;
            socket.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.PacketInformation, true);
        }

        if (OperatingSystem.IsWindows())
        {
            _ = socket.IOControl(WindowsConnectionReset, [0, 0, 0, 0], null);
        }
    }

    // By number, because .NET's ReuseAddress sets SO_REUSEPORT too, and with that the system refuses the port to the
    // process of another user.
    private static void SetReuseAddress(Socket socket)
    {
        var (level, name) = OperatingSystem.IsLinux() ? (1, 2) : (0xFFFF, 4);
        socket.SetRawSocketOption(level, name, BitConverter.GetBytes(1));
    }
}
