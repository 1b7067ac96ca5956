using System.Net;

namespace Mesh.Core.Transport.Memory;

/// <summary>A datagram port of a host of the in-memory network.</summary>
internal sealed class MemoryDatagramSocket(MemoryHost host, bool isShared, Action readable) : IDatagramSocket
{
    private readonly DatagramQueue _queue = new(readable);
    private DatagramInterface[] _interfaces = [];
    private bool _disposed;

    public int Port { get; internal set; }

    public IReadOnlyList<DatagramInterface> Interfaces => _interfaces;

    public bool NeedsRefresh { get; private set; }

    public DatagramCounters Counters => _queue.Counters;

    /// <summary>Whether others of the host may have the port too.</summary>
    internal bool IsShared { get; } = isShared;

    private MemoryNetwork Network => host.Network;

    public void Refresh()
    {
        lock (Network.Gate)
        {
            NeedsRefresh = false;
            _interfaces = [.. host.Interfaces.Select(own => own.Describe())];
        }
    }

    public bool TryReceive(ReceivedDatagram into) => _queue.TryTake(into);

    public bool TrySend(ReadOnlySpan<byte> datagram, IPEndPoint destination)
    {
        DatagramChecks.ThrowIfTooLong(datagram);
        lock (Network.Gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (host.ResolveLocked(destination.Address) is not { From.IsUp: true } route)
            {
                _queue.CountSendFailed();
                return false;
            }

            SendLocked(route, datagram.ToArray(), destination.Port, isToAll: false);
            Network.PumpLocked();
            return true;
        }
    }

    public int Announce(ReadOnlySpan<byte> datagram, DatagramInterface link, int port)
    {
        DatagramChecks.ThrowIfTooLong(datagram);
        DatagramChecks.ThrowIfNoPort(port);
        lock (Network.Gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var own = host.Interfaces.Find(candidate => candidate.Index == link.Index);
            if (own is not { IsUp: true })
            {
                _queue.CountSendFailed();
                DatagramInterfaces.MarkDown(_interfaces, link);
                return 0;
            }

            var sent = AnnounceLocked(own, datagram.ToArray(), port);
            Network.PumpLocked();
            return sent;
        }
    }

    public void Dispose()
    {
        lock (Network.Gate)
        {
            if (!_disposed)
            {
                _disposed = true;
                host.UnbindLocked(this);
            }
        }
    }

    /// <summary>Queues what arrived.</summary>
    internal void PutLocked(MemoryDatagram datagram) =>
        _queue.Put(datagram.Payload, datagram.Source, datagram.Route.To.Index);

    /// <summary>Notes that the host's addresses changed.</summary>
    internal void NoteChangeLocked() => NeedsRefresh = true;

    private int AnnounceLocked(MemoryInterface own, byte[] payload, int port)
    {
        var broadcast = own.Describe().Broadcast;
        foreach (var neighbour in host.NeighboursLocked(own))
        {
            // Directed broadcasts are for those of the same subnet; multicasts for the whole segment.
            if (broadcast is not null && broadcast.Equals(neighbour.Describe().Broadcast))
            {
                SendLocked(new MemoryRoute(own, neighbour, broadcast), payload, port, isToAll: true);
            }

            if (own.LinkLocal is not null && neighbour.LinkLocal is not null)
            {
                SendLocked(new MemoryRoute(own, neighbour, neighbour.LinkLocal), payload, port, isToAll: true);
            }
        }

        return (broadcast is null ? 0 : 1) + (own.LinkLocal is null ? 0 : 1);
    }

    private void SendLocked(MemoryRoute route, byte[] payload, int port, bool isToAll)
    {
        Network.SendDatagramLocked(new MemoryDatagram(Network, route, payload)
        {
            Port = port,
            Source = new IPEndPoint(route.Source, Port),
            IsToAll = isToAll,
        });
    }
}
