using System.Net;

namespace Mesh.Core.Sessions;

/// <summary>Keeps the promise of how often an address is dialled, whoever asks for it and whoever named it.</summary>
/// <remarks>
/// No endpoint is dialled more than once in an interval. At an address where no node has proved itself that holds for
/// all ports together: beacons and peers may name the address of somebody who is no node. Where one has, there may be
/// others.
/// </remarks>
/// <param name="interval">The interval.</param>
internal sealed class DialPace(TimeSpan interval)
{
    private const int MaxProven = 8192;

    private readonly PaceTable<IPEndPoint> _endpoints = new(interval);
    private readonly PaceTable<IPAddress> _addresses = new(interval);
    private readonly HashSet<IPAddress> _proven = [];

    /// <summary>The one way to write an address, for IPv4 that came as IPv6.</summary>
    /// <param name="address">Either form.</param>
    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    /// <summary>When an endpoint may be dialled.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="now">The loop's time.</param>
    /// <returns>Now, or later.</returns>
    public TimeSpan AllowedAt(IPEndPoint endpoint, TimeSpan now)
    {
        var address = Plain(endpoint.Address);
        var byEndpoint = _endpoints.AllowedAt(Plain(endpoint), now);
        var byAddress = _proven.Contains(address) ? now : _addresses.AllowedAt(address, now);
        return byEndpoint > byAddress ? byEndpoint : byAddress;
    }

    /// <summary>Notes that an endpoint is dialled.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="now">The loop's time.</param>
    public void Note(IPEndPoint endpoint, TimeSpan now)
    {
        _endpoints.Note(Plain(endpoint), now);
        _addresses.Note(Plain(endpoint.Address), now);
    }

    /// <summary>A node has proved itself at an address.</summary>
    /// <param name="address">The address.</param>
    /// <returns>Whether that is news.</returns>
    public bool Prove(IPAddress address) => _proven.Count < MaxProven && _proven.Add(Plain(address));

    private static IPEndPoint Plain(IPEndPoint endpoint) =>
        endpoint.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(endpoint.Address.MapToIPv4(), endpoint.Port) : endpoint;
}
