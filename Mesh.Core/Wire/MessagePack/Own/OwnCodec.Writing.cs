using System.Buffers.Binary;

namespace Mesh.Core.Wire.MessagePack.Own;

// What is written, always in its shortest form.
internal sealed partial class OwnCodec
{
    /// <inheritdoc/>
    public static int TryWriteUnsigned(Span<byte> destination, ulong value) => value switch
    {
        <= MessageFormat.MaxPositiveFixInt => WriteByte(destination, (byte)value),
        <= byte.MaxValue => WriteNumber(destination, MessageFormat.UInt8, value, sizeof(byte)),
        <= ushort.MaxValue => WriteNumber(destination, MessageFormat.UInt16, value, sizeof(ushort)),
        <= uint.MaxValue => WriteNumber(destination, MessageFormat.UInt32, value, sizeof(uint)),
        _ => WriteNumber(destination, MessageFormat.UInt64, value, sizeof(ulong)),
    };

    /// <inheritdoc/>
    public static int TryWriteSigned(Span<byte> destination, long value) => value switch
    {
        >= 0 => TryWriteUnsigned(destination, (ulong)value),
        >= MessageFormat.MinNegativeFixInt => WriteByte(destination, (byte)value),
        >= sbyte.MinValue => WriteNumber(destination, MessageFormat.Int8, (ulong)value, sizeof(sbyte)),
        >= short.MinValue => WriteNumber(destination, MessageFormat.Int16, (ulong)value, sizeof(short)),
        >= int.MinValue => WriteNumber(destination, MessageFormat.Int32, (ulong)value, sizeof(int)),
        _ => WriteNumber(destination, MessageFormat.Int64, (ulong)value, sizeof(long)),
    };

    /// <inheritdoc/>
    public static int TryWriteDouble(Span<byte> destination, double value) =>
        WriteNumber(destination, MessageFormat.Float64, BitConverter.DoubleToUInt64Bits(value), sizeof(double));

    /// <inheritdoc/>
    public static int TryWriteArrayHeader(Span<byte> destination, uint count) => count switch
    {
        <= MessageFormat.MaxFixArray => WriteByte(destination, (byte)(MessageFormat.FixArray | count)),
        <= ushort.MaxValue => WriteNumber(destination, MessageFormat.Array16, count, sizeof(ushort)),
        _ => WriteNumber(destination, MessageFormat.Array32, count, sizeof(uint)),
    };

    /// <inheritdoc/>
    public static int TryWriteBinaryHeader(Span<byte> destination, uint length) => length switch
    {
        <= byte.MaxValue => WriteNumber(destination, MessageFormat.Binary8, length, sizeof(byte)),
        <= ushort.MaxValue => WriteNumber(destination, MessageFormat.Binary16, length, sizeof(ushort)),
        _ => WriteNumber(destination, MessageFormat.Binary32, length, sizeof(uint)),
    };

    /// <inheritdoc/>
    public static int TryWriteStringHeader(Span<byte> destination, uint length) => length switch
    {
        <= MessageFormat.MaxFixString => WriteByte(destination, (byte)(MessageFormat.FixString | length)),
        <= byte.MaxValue => WriteNumber(destination, MessageFormat.String8, length, sizeof(byte)),
        <= ushort.MaxValue => WriteNumber(destination, MessageFormat.String16, length, sizeof(ushort)),
        _ => WriteNumber(destination, MessageFormat.String32, length, sizeof(uint)),
    };

    private static int WriteByte(Span<byte> destination, byte value)
    {
        if (destination.IsEmpty)
        {
            return 0;
        }

        destination[0] = value;
        return 1;
    }

    // The low bytes of the value, most significant first, after the byte that names the form.
    private static int WriteNumber(Span<byte> destination, byte format, ulong value, int size)
    {
        if (destination.Length <= size)
        {
            return 0;
        }

        destination[0] = format;
        switch (size)
        {
            case sizeof(byte):
                destination[1] = (byte)value;
                break;
            case sizeof(ushort):
                BinaryPrimitives.WriteUInt16BigEndian(destination[1..], (ushort)value);
                break;
            case sizeof(uint):
                BinaryPrimitives.WriteUInt32BigEndian(destination[1..], (uint)value);
                break;
            default:
                BinaryPrimitives.WriteUInt64BigEndian(destination[1..], value);
                break;
        }

        return 1 + size;
    }
}
