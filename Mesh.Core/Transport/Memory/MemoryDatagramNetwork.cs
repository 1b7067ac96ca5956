using System.Diagnostics;

namespace Mesh.Core.Transport.Memory;

/// <summary>The datagram side of a host of the in-memory network.</summary>
internal sealed class MemoryDatagramNetwork(MemoryHost host) : IDatagramNetwork
{
    public IReadOnlyList<DatagramInterface> ReadInterfaces()
    {
        lock (host.Network.Gate)
        {
            return [.. host.Interfaces.Select(own => own.Describe())];
        }
    }

    public BindResult TryOpenShared(int port, Action readable, out IDatagramSocket? socket)
    {
        DatagramChecks.ThrowIfNoPort(port);
        return Open(port, isShared: true, readable, out socket);
    }

    public IDatagramSocket OpenPrivate(Action readable)
    {
        var result = Open(0, isShared: false, readable, out var socket);
        Debug.Assert(result == BindResult.Bound, "a free port is free");
        return socket!;
    }

    private BindResult Open(int port, bool isShared, Action readable, out IDatagramSocket? socket)
    {
        ArgumentNullException.ThrowIfNull(readable);
        lock (host.Network.Gate)
        {
            var opened = new MemoryDatagramSocket(host, isShared, readable);
            var result = host.BindLocked(opened, port);
            socket = result == BindResult.Bound ? opened : null;
            opened.Refresh();
            return result;
        }
    }
}
