using System.Net;

namespace Mesh.Core.Transport.Memory;

/// <summary>A datagram on its way to one interface.</summary>
internal sealed class MemoryDatagram(MemoryNetwork network, MemoryRoute route, byte[] payload) : IMemoryDelivery
{
    /// <summary>Its way.</summary>
    public MemoryRoute Route { get; } = route;

    /// <summary>What it carries; shared by copies, never changed.</summary>
    public byte[] Payload { get; } = payload;

    /// <summary>The receiver's port.</summary>
    public required int Port { get; init; }

    /// <summary>Who sent it.</summary>
    public required IPEndPoint Source { get; init; }

    /// <summary>Whether every socket of the port hears it: broadcast or multicast.</summary>
    public required bool IsToAll { get; init; }

    /// <inheritdoc/>
    public void DeliverLocked()
    {
        if (network.IsBlockedLocked(Route, isForward: true))
        {
            network.CountLostDatagramLocked();
            return;
        }

        Route.To.Host.ReceiveLocked(this);
    }
}
