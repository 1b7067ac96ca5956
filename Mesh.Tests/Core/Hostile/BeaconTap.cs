using System.Net;
using Mesh.Core;
using Mesh.Core.Transport;
using Mesh.Core.Transport.Memory;

namespace Mesh.Tests.Core.Hostile;

/// <summary>Hears the beacons of a segment, as any machine on it may.</summary>
internal sealed class BeaconTap : IDisposable
{
    private readonly IDatagramSocket _socket;
    private readonly ReceivedDatagram _datagram = new();
    private readonly List<(byte[] Bytes, IPEndPoint Source)> _heard = [];

    /// <summary>Begins.</summary>
    /// <param name="host">The machine.</param>
    public BeaconTap(MemoryHost host)
    {
        _ = host.Datagrams.TryOpenShared(MeshOptions.DefaultPort, () => { }, out var socket);
        _socket = socket!;
    }

    /// <summary>All beacons so far.</summary>
    public IReadOnlyList<(byte[] Bytes, IPEndPoint Source)> Take()
    {
        while (_socket.TryReceive(_datagram))
        {
            _heard.Add((_datagram.Payload.ToArray(), _datagram.Source));
        }

        return [.. _heard];
    }

    public void Dispose() => _socket.Dispose();
}
