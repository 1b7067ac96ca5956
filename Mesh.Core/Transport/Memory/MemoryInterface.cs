using System.Net;

namespace Mesh.Core.Transport.Memory;

/// <summary>A host's place on a segment. Guarded by the network's lock.</summary>
internal sealed class MemoryInterface(MemoryHost host, string name, int index, string? segment)
{
    /// <summary>Whose it is.</summary>
    public MemoryHost Host { get; } = host;

    /// <summary>Name, unique in the host.</summary>
    public string Name { get; } = name;

    /// <summary>Index, unique in the host; 1 is loopback.</summary>
    public int Index { get; } = index;

    /// <summary>The segment that carries its broadcasts; <see langword="null"/> for loopback.</summary>
    public string? Segment { get; } = segment;

    /// <summary>IPv4 address.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>Length of the IPv4 prefix.</summary>
    public required int PrefixLength { get; init; }

    /// <summary>IPv6 link-local address with this interface as scope; none for loopback.</summary>
    public IPAddress? LinkLocal { get; init; }

    /// <summary>Whether anything passes.</summary>
    public bool IsUp { get; set; } = true;

    /// <summary>Whether it is the loopback interface.</summary>
    public bool IsLoopback => Segment is null;

    /// <summary>What nodes see of it.</summary>
    public DatagramInterface Describe() => new()
    {
        Name = Name,
        Index = Index,
        Address = Address,
        PrefixLength = PrefixLength,
        LinkLocal = LinkLocal,
        IsUp = IsUp,
        IsLoopback = IsLoopback,
        SupportsMulticast = !IsLoopback,
    };

    /// <summary>Whether an address is this interface's, whatever scope it names.</summary>
    public bool Has(IPAddress address)
    {
        return IsLoopback
            ? IPAddress.IsLoopback(address)
            : address.Equals(Address) || (LinkLocal is not null && SameLinkLocal(address));
    }

    private bool SameLinkLocal(IPAddress address)
    {
        return address.IsIPv6LinkLocal
            && address.GetAddressBytes().AsSpan().SequenceEqual(LinkLocal!.GetAddressBytes());
    }
}
