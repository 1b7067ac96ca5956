using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Wire.Messages;

/// <summary>What the sender of a WELCOME takes at most.</summary>
/// <remarks><c>[max message u32, credit u32, max lanes u16]</c>, docs/wire-format.md §5.</remarks>
/// <param name="MaxMessageBytes">Greatest plaintext of a session message, in bytes.</param>
/// <param name="CreditBytes">Bulk plaintext that may be unacknowledged, in bytes.</param>
/// <param name="MaxLanes">Lanes that it will be attached to.</param>
internal readonly record struct SessionLimits(uint MaxMessageBytes, uint CreditBytes, ushort MaxLanes)
{
    private const int Fields = 3;

    /// <summary>The limits of this version.</summary>
    public static SessionLimits Default { get; } = new(
        WireLimits.MaxSessionMessageBytes,
        WireLimits.MaxUnacknowledgedBulkBytes,
        WireLimits.MaxGrantedLanes);

    /// <summary>Reads the limits inside a message.</summary>
    public static bool TryRead(ref MessageReader reader, out SessionLimits limits)
    {
        limits = default;
        if (!reader.TryReadArray(Fields, out var unknown)
            || !reader.TryReadUInt32(out var maxMessageBytes)
            || !reader.TryReadUInt32(out var creditBytes)
            || !reader.TryReadUInt16(out var maxLanes)
            || !reader.TrySkip(unknown, WireLimits.MaxDepth - 2))
        {
            return false;
        }

        limits = new SessionLimits(maxMessageBytes, creditBytes, maxLanes);
        return true;
    }

    /// <summary>Writes the limits inside a message.</summary>
    public void Write(ref MessageWriter writer)
    {
        writer.WriteArrayHeader(Fields);
        writer.WriteUnsigned(MaxMessageBytes);
        writer.WriteUnsigned(CreditBytes);
        writer.WriteUnsigned(MaxLanes);
    }
}
