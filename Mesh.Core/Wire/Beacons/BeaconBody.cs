using System.Net;
using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Wire.Beacons;

/// <summary>The body of a beacon: who sends it, and where it can be reached.</summary>
/// <remarks>
/// <c>[edPk key, xPk key, incarnation u64, sequence u64, session port u16, frame port u16, private port u16, endpoints
/// [bin 6 or 18], flags u32, signature sig]</c>, docs/wire-format.md §3. What was read points into the opened bytes.
/// </remarks>
internal readonly ref struct BeaconBody
{
    private const int Fields = 10;

    public required ReadOnlySpan<byte> EdPublicKey { get; init; }

    public required ReadOnlySpan<byte> XPublicKey { get; init; }

    /// <summary>The sender's incarnation, at least 1: guests send no beacons.</summary>
    public required ulong Incarnation { get; init; }

    /// <summary>Counts the sender's beacons in this incarnation.</summary>
    public required ulong Sequence { get; init; }

    /// <summary>TCP port of sessions.</summary>
    public required ushort SessionPort { get; init; }

    /// <summary>TCP port of frames.</summary>
    public required ushort FramePort { get; init; }

    /// <summary>UDP port to which answers go.</summary>
    public required ushort PrivatePort { get; init; }

    /// <summary>Endpoints of sessions, at most 4.</summary>
    public required IReadOnlyList<IPEndPoint> Endpoints { get; init; }

    public required BeaconFlags Flags { get; init; }

    /// <summary>Ed25519 signature, unchecked.</summary>
    public ReadOnlySpan<byte> Signature { get; private init; }

    /// <summary>The body from its first element to its flags, as received: what is signed.</summary>
    public ReadOnlySpan<byte> SignedBytes { get; private init; }

    /// <summary>Reads a body. Checks its form, not its signature.</summary>
    /// <param name="source">What the datagram opened to, untrusted, any length.</param>
    /// <param name="body">The body, when the method returns <see langword="true"/>.</param>
    /// <returns><see langword="false"/> for anything but one well-formed body.</returns>
    public static bool TryRead(ReadOnlySpan<byte> source, out BeaconBody body)
    {
        var reader = new MessageReader(source);
        body = default;

        if (source.Length > BeaconEnvelope.MaxBodyBytes || !reader.TryReadArray(Fields, out var unknown))
        {
            return false;
        }

        var start = reader.Position;
        if (!reader.TryReadFixedBinary(WireSizes.KeyBytes, out var edPublicKey)
            || !reader.TryReadFixedBinary(WireSizes.KeyBytes, out var xPublicKey)
            || !reader.TryReadUInt64(out var incarnation)
            || !reader.TryReadUInt64(out var sequence)
            || !reader.TryReadUInt16(out var sessionPort)
            || !reader.TryReadUInt16(out var framePort)
            || !reader.TryReadUInt16(out var privatePort)
            || !EndpointBytes.TryReadList(ref reader, WireLimits.MaxBeaconEndpoints, out var endpoints)
            || !reader.TryReadUInt32(out var flags)
            || incarnation == 0)
        {
            return false;
        }

        var signed = reader.ReadSince(start);
        if (!reader.TryReadFixedBinary(WireSizes.SignatureBytes, out var signature) || !reader.TryReadEnd(unknown))
        {
            return false;
        }

        body = new BeaconBody
        {
            EdPublicKey = edPublicKey,
            XPublicKey = xPublicKey,
            Incarnation = incarnation,
            Sequence = sequence,
            SessionPort = sessionPort,
            FramePort = framePort,
            PrivatePort = privatePort,
            Endpoints = endpoints,
            Flags = (BeaconFlags)flags,
            Signature = signature,
            SignedBytes = signed,
        };
        return true;
    }

    /// <summary>Writes everything before the signature.</summary>
    /// <returns>The bytes at the end of what is to be signed; they point into the writer's buffer.</returns>
    /// <remarks>End the body with <see cref="MessageWriter.WriteBinary"/> of the 64 bytes of the signature.</remarks>
    public ReadOnlySpan<byte> WriteSigned(ref MessageWriter writer)
    {
        writer.WriteArrayHeader(Fields);
        var start = writer.Position;
        writer.WriteBinary(EdPublicKey);
        writer.WriteBinary(XPublicKey);
        writer.WriteUnsigned(Incarnation);
        writer.WriteUnsigned(Sequence);
        writer.WriteUnsigned(SessionPort);
        writer.WriteUnsigned(FramePort);
        writer.WriteUnsigned(PrivatePort);
        EndpointBytes.WriteList(ref writer, Endpoints);
        writer.WriteUnsigned((uint)Flags);
        return writer.Written[start..];
    }
}
