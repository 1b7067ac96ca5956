using System.Net.NetworkInformation;
using Mesh.Core;

namespace Mesh.Node.Hosting;

/// <summary>The network interfaces of the machine, by name.</summary>
internal static class InterfaceNames
{
    /// <summary>The name of the loopback interface.</summary>
    /// <exception cref="MeshException">The machine has none.</exception>
    public static string Loopback() =>
        NetworkInterface.GetAllNetworkInterfaces()
            .FirstOrDefault(link => link.NetworkInterfaceType == NetworkInterfaceType.Loopback)?.Name
        ?? throw new MeshException(MeshFailure.Address, "This machine has no loopback interface.");

    /// <summary>Refuses names that the machine does not have.</summary>
    /// <param name="names">Names that were asked for.</param>
    /// <exception cref="MeshException">One is unknown; the message lists those there are.</exception>
    public static void Check(IEnumerable<string> names)
    {
        var known = NetworkInterface.GetAllNetworkInterfaces().Select(link => link.Name).Order().ToArray();
        if (names.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            throw new MeshException(
                MeshFailure.Address, $"There is no interface \"{unknown}\"; there are: {string.Join(", ", known)}.");
        }
    }
}
