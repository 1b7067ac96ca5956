using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Mesh.Core.Transport.Udp;

/// <summary>Reads the machine's interfaces.</summary>
internal static class UdpInterfaces
{
    // What virtualisation, containers and tunnels call their links on Linux, macOS and Windows.
    private static readonly string[] VirtualNames =
    [
        "docker", "br-", "veth", "virbr", "lxc", "lxd", "cni", "flannel", "podman", "vmnet", "vboxnet", "tun", "tap",
        "utun", "wg", "zt", "tailscale", "awdl", "llw", "bridge", "vEthernet",
    ];

    /// <summary>Reads them.</summary>
    /// <returns>Up and down, in order of index; none when the machine does not tell.</returns>
    public static DatagramInterface[] Read()
    {
        try
        {
            return [.. NetworkInterface.GetAllNetworkInterfaces().SelectMany(Describe).OrderBy(link => link.Index)];
        }
        catch (NetworkInformationException)
        {
            return [];
        }
    }

    /// <summary>Whether a name is one that virtual links bear.</summary>
    internal static bool IsVirtualName(string name)
    {
        return Array.Exists(VirtualNames, prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
    }

    private static IEnumerable<DatagramInterface> Describe(NetworkInterface source)
    {
        DatagramInterface bare;
        UnicastIPAddressInformationCollection addresses;
        try
        {
            var properties = source.GetIPProperties();
            addresses = properties.UnicastAddresses;
            bare = DescribeBare(source, properties);
        }
        catch (NetworkInformationException)
        {
            // It went away while it was read.
            return [];
        }

        var linkLocal = addresses.FirstOrDefault(entry => entry.Address.IsIPv6LinkLocal)?.Address;
        var entries = addresses
            .Where(entry => entry.Address.AddressFamily == AddressFamily.InterNetwork)
            .Select((entry, number) => bare with
            {
                Address = entry.Address,
                PrefixLength = entry.PrefixLength,
                LinkLocal = number == 0 ? linkLocal : null,
            })
            .ToList();
        return entries.Count == 0 && linkLocal is not null ? [bare with { LinkLocal = linkLocal }] : entries;
    }

    private static DatagramInterface DescribeBare(NetworkInterface source, IPInterfaceProperties properties)
    {
        var index = source.Supports(NetworkInterfaceComponent.IPv4)
            ? properties.GetIPv4Properties().Index
            : properties.GetIPv6Properties().Index;
        return new DatagramInterface
        {
            Name = source.Name,
            Index = index,

            // Linux calls the state of loopback and of tunnels unknown.
            IsUp = source.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown,
            IsLoopback = source.NetworkInterfaceType == NetworkInterfaceType.Loopback,
            IsVirtual = source.NetworkInterfaceType == NetworkInterfaceType.Tunnel || IsVirtualName(source.Name),
            SupportsMulticast = source.SupportsMulticast,
        };
    }
}
