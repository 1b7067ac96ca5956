using System.Net;

namespace Mesh.Core.Transport;

/// <summary>Fixed numbers of the datagram seam.</summary>
public static class DatagramLimits
{
    /// <summary>Longest datagram sent or accepted, in bytes; longer ones are counted and dropped.</summary>
    public const int MaxDatagramBytes = 480;

    /// <summary>Datagrams held for a socket; when full, the newest is counted and dropped.</summary>
    public const int MaxQueuedDatagrams = 256;

    /// <summary>Shared port of beacons.</summary>
    public const int BeaconPort = 21750;

    /// <summary>
    /// IPv6 link-local multicast group of beacons (RFC 4291 §2.7); its last four bytes spell
    /// "mesh".
    /// </summary>
    public static readonly IPAddress MulticastGroup = IPAddress.Parse("ff02::6d65:7368");
}
