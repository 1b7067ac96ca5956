using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Mesh.Core;

namespace Mesh.Node.Hosting;

/// <summary>A machine and a port as people write them: <c>192.168.1.20:21750</c>, <c>pi.local</c>, <c>[::1]:21760</c>.
/// </summary>
/// <param name="Host">An IP address or a name.</param>
/// <param name="Port">The TCP port of sessions.</param>
internal sealed record HostAddress(string Host, int Port)
{
    // The longest name of a host, brackets and a port.
    private const int MaxCharacters = 255 + 2 + 6;

    /// <summary>Reads an address.</summary>
    /// <param name="text">Host and port; the port may be left away.</param>
    /// <returns>Null when it is none.</returns>
    public static HostAddress? TryParse(string text)
    {
        if (text.Length > MaxCharacters)
        {
            return null;
        }

        var bracket = text.LastIndexOf(']');
        var colon = text.LastIndexOf(':');
        var isBareAddress = bracket < 0 && text.IndexOf(':') != colon;
        var hasPort = colon > bracket && !isBareAddress;
        var host = (hasPort ? text[..colon] : text).Trim('[', ']');
        var port = MeshOptions.DefaultPort;
        var isPort = !hasPort || int.TryParse(
            text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port);
        var isHost = Uri.CheckHostName(host) != UriHostNameType.Unknown;
        return isPort && isHost && port is > 0 and <= IPEndPoint.MaxPort ? new HostAddress(host, port) : null;
    }

    /// <summary>Looks the name up.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Every address of the host, each with the port; at least one.</returns>
    /// <exception cref="MeshException">The name is unknown.</exception>
    public async Task<IReadOnlyList<IPEndPoint>> ResolveAsync(CancellationToken cancellationToken)
    {
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(Host, cancellationToken);
            return [.. addresses.Select(address => new IPEndPoint(address, Port))];
        }
        catch (SocketException fault)
        {
            throw new MeshException(MeshFailure.Address, $"{Host} cannot be found: {fault.Message}.", fault);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
