using System.Diagnostics;
using System.Net;
using System.Text;

namespace Mesh.Core.Transport.Memory;

/// <summary>
/// A connection of the in-memory network, from the moment it is dialled. Guarded by the network's lock.
/// </summary>
internal sealed class MemoryConnection
{
    private readonly MemoryNetwork _network;
    private readonly IPEndPoint _remote;
    private bool _diallerClosed;
    private bool _listenerClosed;

    public MemoryConnection(MemoryNetwork network, MemoryDiallingSocket dialler, MemoryRoute route, IPEndPoint remote)
    {
        _network = network;
        _remote = remote;
        Dialler = dialler;
        Route = route;
        PeerText = Encoding.ASCII.GetBytes(route.Source.ToString());
        TowardsListener = new MemoryPipe(network, this, isTowardsListener: true);
        TowardsDialler = new MemoryPipe(network, this, isTowardsListener: false);
    }

    /// <summary>Who dialled.</summary>
    public MemoryDiallingSocket Dialler { get; }

    /// <summary>Who accepted; nobody yet, before the connection is open.</summary>
    public MemoryListeningSocket? Listener { get; private set; }

    /// <summary>The way between the two.</summary>
    public MemoryRoute Route { get; }

    /// <summary>What the dialler sends.</summary>
    public MemoryPipe TowardsListener { get; }

    /// <summary>What the listener sends.</summary>
    public MemoryPipe TowardsDialler { get; }

    /// <summary>The dialler's address, as text.</summary>
    public byte[] PeerText { get; }

    /// <summary>What a router calls the connection.</summary>
    public byte[] RoutingId { get; set; } = [];

    /// <summary>What a publisher knows the other end to ask for.</summary>
    public List<byte[]> Topics { get; } = [];

    /// <summary>Whether the dialling side may still send.</summary>
    public bool IsOpenForDialler => !_diallerClosed;

    /// <summary>Takes a frame that has arrived.</summary>
    public void AcceptLocked(bool isTowardsListener, in MemoryFrame frame)
    {
        if (frame.Kind == MemoryFrameKind.Open)
        {
            Open();
            return;
        }

        MemorySocket? receiver = isTowardsListener ? Listener : Dialler;
        var isClosed = isTowardsListener ? _listenerClosed : _diallerClosed;
        if (receiver is null || isClosed)
        {
            frame.Release();
        }
        else if (frame.Kind == MemoryFrameKind.Close)
        {
            MarkClosed(receiver);
            receiver.ForgetLocked(this);
        }
        else
        {
            receiver.AcceptLocked(this, frame);
        }
    }

    /// <summary>Closes one side; the other learns of it after what was sent before.</summary>
    public void CloseLocked(MemorySocket side)
    {
        var isDialler = side == Dialler;
        var wasOpen = Listener is not null;
        (isDialler ? TowardsDialler : TowardsListener).ClearLocked();
        MarkClosed(side);
        side.ForgetLocked(this);

        if (wasOpen)
        {
            (isDialler ? TowardsListener : TowardsDialler).SendLocked(MemoryFrame.Signal(MemoryFrameKind.Close));
        }
        else
        {
            TowardsListener.ClearLocked();
            _listenerClosed = true;
            _network.RemoveLocked(this);
        }
    }

    /// <summary>Ends both sides at once, as a reset does; what was under way is lost.</summary>
    public void CutLocked()
    {
        TowardsDialler.ClearLocked();
        TowardsListener.ClearLocked();
        (_diallerClosed, _listenerClosed) = (true, true);
        Dialler.ForgetLocked(this);
        Listener?.ForgetLocked(this);
        _network.RemoveLocked(this);
    }

    private void Open()
    {
        Debug.Assert(Listener is null, "a connection opens once");
        Listener = Route.To.Host.FindListenerLocked(_remote, Dialler.Kind);
        if (Listener is null)
        {
            // Refused. What was queued behind is lost, and the dialler is not told.
            CutLocked();
            return;
        }

        Listener.AddLocked(this);
    }

    private void MarkClosed(MemorySocket side)
    {
        if (side == Dialler)
        {
            _diallerClosed = true;
        }
        else
        {
            _listenerClosed = true;
        }

        if (_diallerClosed && _listenerClosed)
        {
            _network.RemoveLocked(this);
        }
    }
}
