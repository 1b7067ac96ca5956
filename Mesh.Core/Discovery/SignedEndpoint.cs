using System.Net;
using System.Net.Sockets;

namespace Mesh.Core.Discovery;

/// <summary>
/// Which of the endpoints that a node signs, or that its beacons come from, lead to one node on another machine, or on
/// this one.
/// </summary>
internal static class SignedEndpoint
{
    /// <summary>Whether an endpoint may be dialled.</summary>
    /// <param name="endpoint">What the node has signed; untrusted.</param>
    /// <param name="source">Where its beacon came from: only from this machine may it name a loopback address.</param>
    /// <param name="broadcasts">The broadcast addresses of this machine's networks.</param>
    /// <returns>
    /// False without a port, and for addresses that are unspecified, multicast, broadcast, or a loopback address of
    /// another machine: dialled from here, those lead to a node or a service that the sender does not own.
    /// </returns>
    public static bool IsDialable(
        IPEndPoint endpoint, IPAddress source, IReadOnlyCollection<IPAddress> broadcasts)
    {
        var address = Plain(endpoint.Address);
        if (endpoint.Port == 0 || broadcasts.Contains(address))
        {
            return false;
        }

        if (IPAddress.IsLoopback(address))
        {
            return IPAddress.IsLoopback(Plain(source));
        }

        return address.AddressFamily == AddressFamily.InterNetwork
            ? IsUnicast(address)
            : !address.IsIPv6Multicast && !address.Equals(IPAddress.IPv6Any);
    }

    // RFC 1122 §3.2.1.3: 0.0.0.0/8 is this host on this network; 224.0.0.0/4 multicast; 240.0.0.0/4 and above no host.
    private static bool IsUnicast(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[4];
        return address.TryWriteBytes(bytes, out _) && bytes[0] is > 0 and < 224;
    }

    private static IPAddress Plain(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
