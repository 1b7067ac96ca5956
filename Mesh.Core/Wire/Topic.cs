using System.Buffers.Binary;

namespace Mesh.Core.Wire;

/// <summary>The ZeroMQ topic of a lane of an incarnation: 16 random bytes that never change.</summary>
/// <param name="Value">The bytes, read as one big-endian number: a value to compare and to look up by.</param>
internal readonly record struct Topic(UInt128 Value)
{
    /// <summary>Reads a topic.</summary>
    /// <param name="bytes">At least <see cref="WireSizes.TopicBytes"/>; what follows them is left alone.</param>
    public static Topic Read(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt128BigEndian(bytes));

    /// <summary>Writes the topic.</summary>
    /// <param name="destination">At least <see cref="WireSizes.TopicBytes"/>.</param>
    public void Write(Span<byte> destination) => BinaryPrimitives.WriteUInt128BigEndian(destination, Value);

    public override string ToString() => Value.ToString("x32", null);
}
