using System.Net;
using System.Net.Sockets;

namespace Mesh.Core.Transport.NetMq;

/// <summary>Something to select on that another thread can make readable: a UDP socket that talks to itself.</summary>
/// <remarks>
/// It is connected to its own port on the loopback interface, so the system drops what anybody else sends there.
/// </remarks>
internal sealed class WakeSocket : IDisposable
{
    private static readonly byte[] One = [1];

    private readonly Lock _gate = new();
    private readonly byte[] _received = new byte[1];
    private int _signalled;
    private bool _disposed;

    /// <summary>Opens the socket.</summary>
    /// <exception cref="TransportException">The process is out of descriptors or ports.</exception>
    public WakeSocket()
    {
        try
        {
            Socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { Blocking = false };
            Socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            Socket.Connect(Socket.LocalEndPoint!);
        }
        catch (SocketException exception)
        {
            Socket?.Dispose();
            throw new TransportException($"No socket to wake the loop with: {exception.Message}.", exception);
        }
    }

    /// <summary>What to select on.</summary>
    public Socket Socket { get; }

    /// <summary>Makes the socket readable. From any thread; nothing happens after disposal.</summary>
    public void Signal()
    {
        if (Interlocked.Exchange(ref _signalled, 1) != 0)
        {
            return;
        }

        lock (_gate)
        {
            if (!_disposed)
            {
                _ = Socket.Send(One, SocketFlags.None, out _);
            }
        }
    }

    /// <summary>Makes the socket unreadable again; called when it was found readable.</summary>
    public void Clear()
    {
        _ = Socket.Receive(_received, SocketFlags.None, out _);

        // Last, with a full fence: a thread whose signal was swallowed because the flag was still set wrote what it
        // signals before this, so the loop sees it when it looks after this.
        _ = Interlocked.Exchange(ref _signalled, 0);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (!_disposed)
            {
                _disposed = true;
                Socket.Dispose();
            }
        }
    }
}
