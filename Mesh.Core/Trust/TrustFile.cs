using Mesh.Core.Identity;
using Mesh.Core.Wire;
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
        EndpointBytes.WriteList(ref writer, peer.Endpoints);
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
            || !EndpointBytes.TryReadList(ref reader, PeerTrust.MaxEndpoints, out var endpoints)
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
}
