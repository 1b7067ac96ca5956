using System.Buffers.Binary;
using System.Net;

namespace Mesh.Core.Transport;

/// <summary>A network interface as datagrams see it, at the time it was read.</summary>
/// <remarks>An interface with several IPv4 addresses appears once for each of them.</remarks>
public sealed record DatagramInterface
{
    /// <summary>Address that a directed broadcast on the loopback interface goes to.</summary>
    public static readonly IPAddress LoopbackBroadcast = new([127, 255, 255, 255]);

    /// <summary>Name, as the operating system shows it: "eth0".</summary>
    public required string Name { get; init; }

    /// <summary>Index, as in a scope id; above 0.</summary>
    public required int Index { get; init; }

    /// <summary>IPv4 address, or <see langword="null"/> when the interface has none.</summary>
    public IPAddress? Address { get; init; }

    /// <summary>Length of the IPv4 network prefix, 0 to 32; 0 without an address.</summary>
    public int PrefixLength { get; init; }

    /// <summary>IPv6 link-local address with its scope, or <see langword="null"/>.</summary>
    public IPAddress? LinkLocal { get; init; }

    /// <summary>Whether it is up.</summary>
    public bool IsUp { get; init; } = true;

    /// <summary>Whether it is the loopback interface.</summary>
    public bool IsLoopback { get; init; }

    /// <summary>
    /// Whether it looks like a bridge, tunnel or container link of this machine: worth a beacon only if asked for.
    /// </summary>
    public bool IsVirtual { get; init; }

    /// <summary>Whether it carries multicast.</summary>
    public bool SupportsMulticast { get; init; }

    /// <summary>
    /// Where a directed broadcast goes: 127.255.255.255 for loopback, <see langword="null"/> without IPv4 address or
    /// for prefixes of 31 and 32 bits, which have none (RFC 3021).
    /// </summary>
    public IPAddress? Broadcast => IsLoopback
        ? LoopbackBroadcast
        : Address is null || PrefixLength is 0 or > 30 ? null : DirectedBroadcast(Address, PrefixLength);

    /// <summary>Sets the host bits of an address.</summary>
    /// <param name="address">IPv4.</param>
    /// <param name="prefixLength">0 to 32.</param>
    /// <returns>The directed broadcast address of its network.</returns>
    internal static IPAddress DirectedBroadcast(IPAddress address, int prefixLength)
    {
        Span<byte> bytes = stackalloc byte[4];
        _ = address.TryWriteBytes(bytes, out _);
        var hostBits = prefixLength >= 32 ? 0u : uint.MaxValue >> prefixLength;
        var all = BinaryPrimitives.ReadUInt32BigEndian(bytes) | hostBits;
        BinaryPrimitives.WriteUInt32BigEndian(bytes, all);
        return new IPAddress(bytes);
    }
}
