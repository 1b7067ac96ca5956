using System.Net;
using Mesh.Core.Identity;
using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Trust;

/// <summary>
/// The file of one peer: <c>[version u8 = 1, id bin 20, name str, state u8, rights u32, decided ms i64,
/// endpoints [bin 6 or 18], incarnation u64]</c> in MessagePack.
/// </summary>
internal static class TrustFile
{
    /// <summary>Longest file, in bytes.</summary>
    public const int MaxBytes = 1_024;

    private const byte Version = 1;
    private const int FieldCount = 8;
    private const int PortBytes = 2;
    private const int MaxNameBytes = NodeName.MaxBytes;

    /// <summary>Writes a row.</summary>
    /// <param name="peer">The row.</param>
    /// <returns>The content of its file.</returns>
    public static byte[] Write(PeerTrust peer)
    {
        Span<byte> buffer = stackalloc byte[MaxBytes];
        Span<byte> id = stackalloc byte[NodeId.SizeBytes];
        var writer = new MessageWriter(buffer);
        peer.Id.Write(id);
        writer.WriteArrayHeader(FieldCount);
        writer.WriteUnsigned(Version);
        writer.WriteBinary(id);
        writer.WriteText(peer.Name, MaxNameBytes);
        writer.WriteUnsigned((ulong)peer.State);
        writer.WriteUnsigned((ulong)peer.Rights);
        writer.WriteSigned(peer.DecidedAtMs);
        writer.WriteArrayHeader(peer.Endpoints.Count);
        foreach (var endpoint in peer.Endpoints)
        {
            byte[] bytes = [.. endpoint.Address.GetAddressBytes(), (byte)(endpoint.Port >> 8), (byte)endpoint.Port];
            writer.WriteBinary(bytes);
        }

        writer.WriteUnsigned(peer.Incarnation);
        return writer.Written.ToArray();
    }

    /// <summary>Reads a row.</summary>
    /// <param name="content">A file, untrusted.</param>
    /// <param name="peer">The row.</param>
    /// <returns>False when it is not the file of a decision of this version.</returns>
    public static bool TryRead(ReadOnlySpan<byte> content, out PeerTrust? peer)
    {
        peer = null;
        var reader = new MessageReader(content);
        if (content.Length > MaxBytes
            || !reader.TryReadArray(FieldCount, out var unknown)
            || !reader.TryReadUInt8(out var version) || version != Version
            || !reader.TryReadFixedBinary(NodeId.SizeBytes, out var id)
            || !reader.TryReadText(MaxNameBytes, out var name)
            || !reader.TryReadUInt8(out var state) || (TrustState)state is <= TrustState.Pending or > TrustState.Revoked
            || !reader.TryReadUInt32(out var rights) || (rights & ~(uint)Rights.All) != 0
            || !reader.TryReadInt64(out var decidedAtMs)
            || !TryReadEndpoints(ref reader, out var endpoints)
            || !reader.TryReadUInt64(out var incarnation)
            || !reader.TryReadEnd(unknown))
        {
            return false;
        }

        peer = new PeerTrust
        {
            Id = new NodeId(id),
            Name = name,
            State = (TrustState)state,
            Rights = (Rights)rights,
            DecidedAtMs = decidedAtMs,
            Endpoints = endpoints,
            Incarnation = incarnation,
        };
        return true;
    }

    private static bool TryReadEndpoints(ref MessageReader reader, out IPEndPoint[] endpoints)
    {
        endpoints = [];
        if (!reader.TryReadArrayHeader(out var count) || count > PeerTrust.MaxEndpoints)
        {
            return false;
        }

        endpoints = new IPEndPoint[count];
        for (var index = 0; index < count; index++)
        {
            if (!reader.TryReadBinary(16 + PortBytes, out var bytes)
                || bytes.Length is not (4 + PortBytes or 16 + PortBytes))
            {
                return false;
            }

            endpoints[index] = new IPEndPoint(
                new IPAddress(bytes[..^PortBytes]), (bytes[^2] << 8) | bytes[^1]);
        }

        return true;
    }
}
