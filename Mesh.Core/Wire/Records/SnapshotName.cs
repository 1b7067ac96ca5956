using Mesh.Core.Wire.MessagePack;

namespace Mesh.Core.Wire.Records;

/// <summary>The text of a number outside the definition, as a snapshot tells it.</summary>
/// <remarks><c>[kind u8, number u32, text str]</c>, docs/wire-format.md §8.</remarks>
/// <param name="Kind">What the number stands for.</param>
/// <param name="Number">At or above the count of the definition.</param>
/// <param name="Text">At most 256 bytes of UTF-8.</param>
internal readonly record struct SnapshotName(NameKind Kind, uint Number, string Text)
{
    private const int Fields = 3;

    /// <summary>Reads a name inside a snapshot; allocates nothing.</summary>
    internal static bool TryRead(scoped ref MessageReader reader, uint chart, out NameRecord name)
    {
        name = default;
        if (!reader.TryReadArray(Fields, out var unknown)
            || !reader.TryReadUInt8(out var kind)
            || !reader.TryReadUInt32(out var number)
            || !reader.TryReadWireText(WireLimits.MaxTextBytes, out var text)
            || !reader.TrySkip(unknown, WireLimits.MaxDepth - 5)
            || kind > (byte)NameKind.State)
        {
            return false;
        }

        name = new NameRecord(chart, (NameKind)kind, number, text);
        return true;
    }

    /// <summary>Writes a name inside a snapshot.</summary>
    internal void Write(ref MessageWriter writer)
    {
        writer.WriteArrayHeader(Fields);
        writer.WriteUnsigned((byte)Kind);
        writer.WriteUnsigned(Number);
        writer.WriteText(Text, WireLimits.MaxTextBytes);
    }
}
