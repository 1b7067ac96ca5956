using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Mesh.Core.Transport.Udp;

/// <summary>A UDP port with a receive loop for each family, which end when it is disposed.</summary>
internal sealed class UdpDatagramSocket : IDatagramSocket
{
    private readonly UdpPort _port;
    private readonly DatagramQueue _queue;
    private readonly UdpReceiveLoop[] _loops;
    private readonly Action _readable;
    private readonly bool _isShared;
    private DatagramInterface[] _interfaces = [];
    private volatile bool _needsRefresh;
    private bool _disposed;

    /// <summary>Takes a port over and begins to receive.</summary>
    public UdpDatagramSocket(UdpPort port, bool isShared, Action readable)
    {
        _port = port;
        _isShared = isShared;
        _readable = readable;
        _queue = new DatagramQueue(readable);
        _loops = port.Ipv6 is null
            ? [new UdpReceiveLoop(port.Ipv4, _queue)]
            : [new UdpReceiveLoop(port.Ipv4, _queue), new UdpReceiveLoop(port.Ipv6, _queue)];
        NetworkChange.NetworkAddressChanged += NoteChange;
        Refresh();
    }

    public int Port => _port.Number;

    public IReadOnlyList<DatagramInterface> Interfaces => _interfaces;

    public bool NeedsRefresh => _needsRefresh;

    public DatagramCounters Counters => _queue.Counters;

    public void Refresh()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _needsRefresh = false;
        _interfaces = UdpInterfaces.Read();
        if (_isShared)
        {
            JoinGroups();
        }

        foreach (var loop in _loops)
        {
            loop.StartIfEnded();
        }
    }

    public bool TryReceive(ReceivedDatagram into) => _queue.TryTake(into);

    public bool TrySend(ReadOnlySpan<byte> datagram, IPEndPoint destination)
    {
        DatagramChecks.ThrowIfTooLong(datagram);
        ObjectDisposedException.ThrowIf(_disposed, this);
        var socket = destination.AddressFamily == AddressFamily.InterNetwork ? _port.Ipv4 : _port.Ipv6;

        try
        {
            if (socket is not null)
            {
                _ = socket.SendTo(datagram, SocketFlags.None, destination);
                return true;
            }
        }
        catch (SocketException)
        {
            // No route, no room, a link that went down: the network's weather, which the counter shows.
        }

        _queue.CountSendFailed();
        return false;
    }

    public int Announce(ReadOnlySpan<byte> datagram, DatagramInterface link, int port)
    {
        DatagramChecks.ThrowIfNoPort(port);
        var sent = link.Broadcast is { } broadcast && TrySend(datagram, new IPEndPoint(broadcast, port)) ? 1 : 0;
        if (_port.Ipv6 is not null && IsMulticast(link) && TrySend(datagram, new IPEndPoint(GroupOn(link), port)))
        {
            sent++;
        }

        if (sent == 0)
        {
            DatagramInterfaces.MarkDown(_interfaces, link);
        }

        return sent;
    }

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            NetworkChange.NetworkAddressChanged -= NoteChange;
            _port.Dispose();
        }
    }

    private static bool IsMulticast(DatagramInterface link) =>
        link is { SupportsMulticast: true, IsLoopback: false, LinkLocal: not null };

    private static IPAddress GroupOn(DatagramInterface link) =>
        new(DatagramLimits.MulticastGroup.GetAddressBytes(), link.Index);

    private void NoteChange(object? sender, EventArgs arguments)
    {
        _needsRefresh = true;
        _readable();
    }

    private void JoinGroups()
    {
        foreach (var link in _interfaces)
        {
            if (link.IsUp && IsMulticast(link) && _port.Ipv6 is { } socket)
            {
                Join(socket, link.Index);
            }
        }
    }

    // Tried anew each time: the system forgets a membership with its interface, and says so to nobody.
    private static void Join(Socket socket, int index)
    {
        try
        {
            var group = new IPv6MulticastOption(DatagramLimits.MulticastGroup, index);
            socket.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.AddMembership, group);
        }
        catch (SocketException)
        {
            // Joined already, or the interface went away; the next refresh tries again.
        }
    }
}
