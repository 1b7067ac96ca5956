using System.Net;
using System.Net.Sockets;

namespace Mesh.Core.Transport.NetMq;

/// <summary>Waits until listeners that were disposed have let go of their ports.</summary>
/// <remarks>
/// NetMQ closes a socket on threads of its own and tells nobody when that is done. A node that ends and starts again
/// must find its port free, or its peers would not find it where it was.
/// </remarks>
internal static class PortRelease
{
    private const int MaxLooks = 400;

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(5);

    /// <summary>Waits until the ports are free, 2 s at most.</summary>
    /// <param name="ports">Where this process listened.</param>
    public static void Wait(IReadOnlyList<IPEndPoint> ports)
    {
        using var never = new ManualResetEventSlim();
        for (var looks = 0; looks < MaxLooks && !ports.All(IsFree); looks++)
        {
            _ = never.Wait(LookInterval);
        }
    }

    private static bool IsFree(IPEndPoint local)
    {
        try
        {
            using var socket = new Socket(local.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (local.Address.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }

            socket.Bind(local);
            return true;
        }
        catch (SocketException exception)
        {
            // Any other fault says nothing about the port, and waiting would not mend it.
            return exception.SocketErrorCode != SocketError.AddressAlreadyInUse;
        }
    }
}
