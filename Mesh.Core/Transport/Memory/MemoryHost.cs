using System.Net;
using System.Net.Sockets;

namespace Mesh.Core.Transport.Memory;

/// <summary>
/// A machine of an in-memory network: interfaces, ports, and any number of nodes. Every method may be called from any
/// thread.
/// </summary>
public sealed class MemoryHost
{
    // Where the system takes free ports from (RFC 6335 §6).
    private const int FirstFreePort = 49152;
    private const int FirstPortForEverybody = 1024;

    private readonly List<MemoryInterface> _interfaces = [];
    private readonly List<MemoryListeningSocket> _listeners = [];
    private readonly List<MemoryDatagramSocket> _datagramSockets = [];
    private readonly MemoryMap _map;
    private readonly int _number;
    private int _lastIndex = 1;
    private int _nextPort = FirstFreePort;

    internal MemoryHost(MemoryNetwork network, string name, int number, MemoryMap map)
    {
        Network = network;
        Name = name;
        _number = number;
        _map = map;
        Datagrams = new MemoryDatagramNetwork(this);
        _interfaces.Add(new MemoryInterface(this, "lo", 1, null) { Address = IPAddress.Loopback, PrefixLength = 8 });
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Its datagram side.</summary>
    public IDatagramNetwork Datagrams { get; }

    /// <summary>Its first address that others reach, or loopback when it is attached to nothing.</summary>
    public IPAddress Address
    {
        get
        {
            lock (Network.Gate)
            {
                return (_interfaces.Count > 1 ? _interfaces[1] : _interfaces[0]).Address;
            }
        }
    }

    /// <summary>Where it is.</summary>
    internal MemoryNetwork Network { get; }

    /// <summary>Its interfaces, loopback first; guarded by the network's lock.</summary>
    internal List<MemoryInterface> Interfaces => _interfaces;

    /// <summary>Makes the transport of one node on this host.</summary>
    /// <returns>The transport, owned by the caller.</returns>
    public ITransport CreateTransport() => new MemoryTransport(this);

    /// <summary>Adds an interface; the sockets of the host notice at their next refresh.</summary>
    /// <param name="interfaceName">Unique in the host.</param>
    /// <param name="segment">Everybody on a segment of that name hears its broadcasts.</param>
    /// <param name="address">IPv4, unique in the network. A link-local IPv6 address is added to it.</param>
    /// <param name="prefixLength">1 to 30.</param>
    /// <returns>This host.</returns>
    /// <exception cref="ArgumentException">The address is taken.</exception>
    public MemoryHost Attach(string interfaceName, string segment, IPAddress address, int prefixLength)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(address.AddressFamily, AddressFamily.InterNetwork);
        lock (Network.Gate)
        {
            var index = ++_lastIndex;
            var added = new MemoryInterface(this, interfaceName, index, segment)
            {
                Address = address,
                PrefixLength = prefixLength,
                LinkLocal = LinkLocal(index),
            };
            _map.Add(added);
            _interfaces.Add(added);
            NoteChangeLocked();
        }

        return this;
    }

    /// <summary>Takes an interface away; what travels by it stops.</summary>
    /// <param name="interfaceName">One that was attached.</param>
    public void Detach(string interfaceName)
    {
        lock (Network.Gate)
        {
            var removed = FindLocked(interfaceName);
            removed.IsUp = false;
            _map.Remove(removed);
            _ = _interfaces.Remove(removed);
            NoteChangeLocked();
        }
    }

    /// <summary>Switches an interface off or on. What travels on connections waits meanwhile.</summary>
    /// <param name="interfaceName">One that was attached, or "lo".</param>
    /// <param name="isUp">Whether it carries anything from now on.</param>
    public void SetUp(string interfaceName, bool isUp)
    {
        lock (Network.Gate)
        {
            FindLocked(interfaceName).IsUp = isUp;
            Network.ResumeLocked();
            NoteChangeLocked();
            Network.PumpLocked();
        }
    }

    /// <summary>Gives a listening socket its port.</summary>
    internal BindResult BindLocked(MemoryListeningSocket socket, IPEndPoint local)
    {
        if (!IsOwnLocked(local.Address))
        {
            return BindResult.AddressNotAvailable;
        }

        if (local.Port is > 0 and < FirstPortForEverybody)
        {
            return BindResult.Denied;
        }

        var port = local.Port != 0 ? local.Port : TakeFreePortLocked();
        foreach (var other in _listeners)
        {
            if (other.LocalEndPoint!.Port == port && Overlap(other.LocalEndPoint.Address, local.Address))
            {
                return BindResult.AddressInUse;
            }
        }

        socket.LocalEndPoint = new IPEndPoint(local.Address, port);
        _listeners.Add(socket);
        return BindResult.Bound;
    }

    /// <summary>Frees the port of a listening socket.</summary>
    internal void UnbindLocked(MemoryListeningSocket socket) => _listeners.Remove(socket);

    /// <summary>Who answers at an address and port, if it is of the kind that the dialler speaks to.</summary>
    internal MemoryListeningSocket? FindListenerLocked(IPEndPoint at, SocketKind dialler)
    {
        return _listeners.Find(listener => listener.LocalEndPoint!.Port == at.Port
            && Overlap(listener.LocalEndPoint.Address, at.Address) && listener.Accepts == dialler);
    }

    /// <summary>Gives a datagram socket its port; 0 takes a free one. Shared ports go to many, others to one.</summary>
    internal BindResult BindLocked(MemoryDatagramSocket socket, int port)
    {
        if (_datagramSockets.Exists(other => other.Port == port && !(other.IsShared && socket.IsShared)))
        {
            return BindResult.AddressInUse;
        }

        if (port is > 0 and < FirstPortForEverybody)
        {
            return BindResult.Denied;
        }

        socket.Port = port != 0 ? port : TakeFreePortLocked();
        _datagramSockets.Add(socket);
        return BindResult.Bound;
    }

    /// <summary>Frees the port of a datagram socket.</summary>
    internal void UnbindLocked(MemoryDatagramSocket socket) => _datagramSockets.Remove(socket);

    /// <summary>Hands a datagram to the sockets of its port: to all of them, or to the one that bound last.</summary>
    internal void ReceiveLocked(MemoryDatagram datagram)
    {
        for (var index = _datagramSockets.Count - 1; index >= 0; index--)
        {
            if (_datagramSockets[index].Port == datagram.Port)
            {
                _datagramSockets[index].PutLocked(datagram);
                if (!datagram.IsToAll)
                {
                    return;
                }
            }
        }
    }

    /// <summary>The way to an address.</summary>
    internal MemoryRoute? ResolveLocked(IPAddress destination) => _map.Resolve(this, destination);

    /// <summary>Who hears a word to all on one of the interfaces.</summary>
    internal IReadOnlyList<MemoryInterface> NeighboursLocked(MemoryInterface of) => _map.Neighbours(of);

    private static bool Overlap(IPAddress one, IPAddress other)
    {
        return one.Equals(other) || IsWildcardFor(one, other) || IsWildcardFor(other, one);
    }

    private static bool IsWildcardFor(IPAddress wildcard, IPAddress address)
    {
        return wildcard.Equals(IPAddress.IPv6Any)
            || (wildcard.Equals(IPAddress.Any) && address.AddressFamily == AddressFamily.InterNetwork);
    }

    private bool IsOwnLocked(IPAddress address)
    {
        return address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)
            || _interfaces.Exists(own => own.Has(address));
    }

    private int TakeFreePortLocked()
    {
        while (_listeners.Exists(listener => listener.LocalEndPoint!.Port == _nextPort)
            || _datagramSockets.Exists(socket => socket.Port == _nextPort))
        {
            NextPort();
        }

        var port = _nextPort;
        NextPort();
        return port;
    }

    private void NextPort() => _nextPort = _nextPort == ushort.MaxValue ? FirstFreePort : _nextPort + 1;

    private MemoryInterface FindLocked(string interfaceName)
    {
        return _interfaces.Find(candidate => candidate.Name == interfaceName)
            ?? throw new ArgumentException($"{Name} has no interface {interfaceName}.", nameof(interfaceName));
    }

    private void NoteChangeLocked() => _datagramSockets.ForEach(socket => socket.NoteChangeLocked());

    private IPAddress LinkLocal(int index)
    {
        Span<byte> bytes = stackalloc byte[16];
        (bytes[0], bytes[1]) = (0xFE, 0x80);
        (bytes[12], bytes[13]) = ((byte)(_number >> 8), (byte)_number);
        bytes[15] = (byte)index;
        return new IPAddress(bytes, index);
    }
}
