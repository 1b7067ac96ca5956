using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Wire.Handshake;

/// <summary>The hello: who a side of a handshake is, as the payload of noise2 and noise3.</summary>
/// <remarks>
/// <c>[version u8, edPk key, instance bin 16, kind u8, incarnation u64, signature sig]</c>, docs/wire-format.md §4.
/// What was read points into the received bytes.
/// </remarks>
internal readonly ref struct HelloPayload
{
    /// <summary>Greatest size of a hello of this version, in bytes.</summary>
    public const int MaxBytes = 160;

    private const int SignedFields = 5;
    private const int Fields = SignedFields + 1;

    public required byte Version { get; init; }

    public required ReadOnlySpan<byte> EdPublicKey { get; init; }

    /// <summary>16 random bytes, new at each start of a process.</summary>
    public required ReadOnlySpan<byte> Instance { get; init; }

    public required InstanceKind Kind { get; init; }

    /// <summary>The incarnation of an owner, at least 1; 0 for a guest.</summary>
    public required ulong Incarnation { get; init; }

    /// <summary>Ed25519 signature, unchecked.</summary>
    public ReadOnlySpan<byte> Signature { get; private init; }

    /// <summary>The first five elements as they were received: the end of what the signature covers.</summary>
    public ReadOnlySpan<byte> SignedBytes { get; private init; }

    /// <summary>Reads a hello from untrusted bytes. Checks its form, not its signature.</summary>
    /// <returns><see langword="false"/> for anything but one well-formed hello.</returns>
    public static bool TryRead(ReadOnlySpan<byte> source, out HelloPayload hello)
    {
        var reader = new MessageReader(source);
        hello = default;

        if (source.Length > WireLimits.MaxPreSessionMessageBytes || !reader.TryReadArray(Fields, out var unknown))
        {
            return false;
        }

        var start = reader.Position;
        if (!reader.TryReadUInt8(out var version)
            || !reader.TryReadFixedBinary(WireSizes.KeyBytes, out var edPublicKey)
            || !reader.TryReadFixedBinary(WireSizes.InstanceBytes, out var instance)
            || !reader.TryReadUInt8(out var kind)
            || !reader.TryReadUInt64(out var incarnation)
            || !IsConsistent((InstanceKind)kind, incarnation))
        {
            return false;
        }

        var signed = reader.ReadSince(start);
        if (!reader.TryReadFixedBinary(WireSizes.SignatureBytes, out var signature) || !reader.TryReadEnd(unknown))
        {
            return false;
        }

        hello = new HelloPayload
        {
            Version = version,
            EdPublicKey = edPublicKey,
            Instance = instance,
            Kind = (InstanceKind)kind,
            Incarnation = incarnation,
            Signature = signature,
            SignedBytes = signed,
        };
        return true;
    }

    /// <summary>Writes everything before the signature.</summary>
    /// <returns>The bytes at the end of what is to be signed; they point into the writer's buffer.</returns>
    /// <remarks>End the hello with <see cref="MessageWriter.WriteBinary"/> of the 64 bytes of the signature.</remarks>
    public ReadOnlySpan<byte> WriteSigned(ref MessageWriter writer)
    {
        writer.WriteArrayHeader(Fields);
        var start = writer.Position;
        writer.WriteUnsigned(Version);
        writer.WriteBinary(EdPublicKey);
        writer.WriteBinary(Instance);
        writer.WriteUnsigned((byte)Kind);
        writer.WriteUnsigned(Incarnation);
        return writer.Written[start..];
    }

    private static bool IsConsistent(InstanceKind kind, ulong incarnation) => kind switch
    {
        InstanceKind.Owner => incarnation > 0,
        InstanceKind.Guest => incarnation == 0,
        _ => false,
    };
}
