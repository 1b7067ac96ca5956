using System.Net;

namespace Mesh.Core.Transport.Memory;

/// <summary>The way from one interface to another, as an address was resolved.</summary>
internal sealed record MemoryRoute(MemoryInterface From, MemoryInterface To, IPAddress Destination)
{
    /// <summary>
    /// The sender's address as the receiver sees it: of the family that was dialled, a link-local one with the
    /// receiver's scope.
    /// </summary>
    public IPAddress Source
    {
        get
        {
            if (Destination.IsIPv6LinkLocal && From.LinkLocal is not null)
            {
                return new IPAddress(From.LinkLocal.GetAddressBytes(), To.Index);
            }

            return From.IsLoopback && Destination.Equals(IPAddress.IPv6Loopback)
                ? IPAddress.IPv6Loopback
                : From.Address;
        }
    }

    /// <summary>Whether the way lies between two hosts, in either direction.</summary>
    public bool Joins(MemoryHost one, MemoryHost other) =>
        (From.Host == one && To.Host == other) || (From.Host == other && To.Host == one);
}
