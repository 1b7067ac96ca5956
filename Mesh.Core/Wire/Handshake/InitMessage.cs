using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Wire.Handshake;

/// <summary>Init: opens a handshake.</summary>
/// <remarks>
/// <c>[0x10, minVersion u8, maxVersion u8, inviteId bin 8?, noise1 bin]</c>, docs/wire-format.md §4. What was
/// read points into the received bytes.
/// </remarks>
internal readonly ref struct InitMessage
{
    private const int Fields = 4;

    public required byte MinVersion { get; init; }

    public required byte MaxVersion { get; init; }

    /// <summary>Which invite the initiator redeems: 8 bytes, or empty without one.</summary>
    public ReadOnlySpan<byte> InviteId { get; init; }

    /// <summary>The first message of the Noise handshake.</summary>
    public ReadOnlySpan<byte> Noise { get; init; }

    /// <summary>The first four elements as they were received: what follows "mesh/1" in the prologue.</summary>
    public ReadOnlySpan<byte> PrologueBytes { get; private init; }

    /// <summary>Reads an Init from untrusted bytes.</summary>
    /// <returns><see langword="false"/> for anything but one well-formed Init of at most 2 KiB.</returns>
    public static bool TryRead(ReadOnlySpan<byte> source, out InitMessage message)
    {
        var reader = new MessageReader(source);
        message = default;

        if (source.Length > WireLimits.MaxPreSessionMessageBytes || !reader.TryReadArray(1 + Fields, out var unknown))
        {
            return false;
        }

        var start = reader.Position;
        if (!reader.TryReadUInt8(out var type)
            || type != (byte)PreSessionMessageType.Init
            || !reader.TryReadUInt8(out var minVersion)
            || !reader.TryReadUInt8(out var maxVersion)
            || minVersion > maxVersion
            || !reader.TryReadOptionalFixedBinary(WireSizes.InviteIdBytes, out var inviteId))
        {
            return false;
        }

        var prologue = reader.ReadSince(start);
        if (!reader.TryReadBinary(WireLimits.MaxPreSessionMessageBytes, out var noise) || !reader.TryReadEnd(unknown))
        {
            return false;
        }

        message = new InitMessage
        {
            MinVersion = minVersion,
            MaxVersion = maxVersion,
            InviteId = inviteId,
            Noise = noise,
            PrologueBytes = prologue,
        };
        return true;
    }

    /// <summary>Writes everything before noise1: the prologue binds it, so it comes first.</summary>
    /// <returns>The bytes that follow "mesh/1" in the prologue; they point into the writer's buffer.</returns>
    /// <remarks>End the message with <see cref="MessageWriter.WriteBinary"/> of noise1.</remarks>
    public ReadOnlySpan<byte> WritePrologue(ref MessageWriter writer)
    {
        writer.WriteArrayHeader(1 + Fields);
        var start = writer.Position;
        writer.WriteUnsigned((byte)PreSessionMessageType.Init);
        writer.WriteUnsigned(MinVersion);
        writer.WriteUnsigned(MaxVersion);
        writer.WriteOptionalBinary(InviteId);
        return writer.Written[start..];
    }

    /// <summary>Writes the whole message.</summary>
    public void Write(ref MessageWriter writer)
    {
        WritePrologue(ref writer);
        writer.WriteBinary(Noise);
    }
}
