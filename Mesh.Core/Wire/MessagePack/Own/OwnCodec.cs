using static System.Buffers.Binary.BinaryPrimitives;

namespace Mesh.Core.Wire.MessagePack.Own;

/// <summary>Numbers and headers by the mesh's own code, made for spans and for the shortest forms alone.</summary>
internal sealed partial class OwnCodec : IMessageCodec
{
    private OwnCodec()
    {
    }

    /// <inheritdoc/>
    public static string Description => "own MessagePack codec";

    /// <inheritdoc/>
    public static int TryReadUnsigned(ReadOnlySpan<byte> source, out ulong value)
    {
        value = 0;
        if (source.IsEmpty)
        {
            return 0;
        }

        var format = source[0];
        if (format <= MessageFormat.MaxPositiveFixInt)
        {
            value = format;
            return 1;
        }

        switch (format)
        {
            case MessageFormat.UInt8 when source.Length > sizeof(byte):
                return Accept(source[1], MessageFormat.MaxPositiveFixInt, sizeof(byte), ref value);
            case MessageFormat.UInt16 when source.Length > sizeof(ushort):
                return Accept(ReadUInt16BigEndian(source[1..]), byte.MaxValue, sizeof(ushort), ref value);
            case MessageFormat.UInt32 when source.Length > sizeof(uint):
                return Accept(ReadUInt32BigEndian(source[1..]), ushort.MaxValue, sizeof(uint), ref value);
            case MessageFormat.UInt64 when source.Length > sizeof(ulong):
                return Accept(ReadUInt64BigEndian(source[1..]), uint.MaxValue, sizeof(ulong), ref value);
            default:
                return 0;
        }
    }

    /// <inheritdoc/>
    public static int TryReadSigned(ReadOnlySpan<byte> source, out long value)
    {
        value = 0;
        if (source.IsEmpty)
        {
            return 0;
        }

        var format = source[0];
        if (format >= MessageFormat.NegativeFixInt)
        {
            value = (sbyte)format;
            return 1;
        }

        switch (format)
        {
            case MessageFormat.Int8 when source.Length > sizeof(sbyte):
                return Accept((sbyte)source[1], MessageFormat.MinNegativeFixInt, sizeof(sbyte), ref value);
            case MessageFormat.Int16 when source.Length > sizeof(short):
                return Accept(ReadInt16BigEndian(source[1..]), sbyte.MinValue, sizeof(short), ref value);
            case MessageFormat.Int32 when source.Length > sizeof(int):
                return Accept(ReadInt32BigEndian(source[1..]), short.MinValue, sizeof(int), ref value);
            case MessageFormat.Int64 when source.Length > sizeof(long):
                return Accept(ReadInt64BigEndian(source[1..]), int.MinValue, sizeof(long), ref value);
        }

        var size = TryReadUnsigned(source, out var unsigned);
        if (unsigned > long.MaxValue)
        {
            return 0;
        }

        value = (long)unsigned;
        return size;
    }

    /// <inheritdoc/>
    public static int TryReadDouble(ReadOnlySpan<byte> source, out double value)
    {
        value = 0;
        if (source.Length < 1 + sizeof(double) || source[0] != MessageFormat.Float64)
        {
            return 0;
        }

        value = ReadDoubleBigEndian(source[1..]);
        return 1 + sizeof(double);
    }

    /// <inheritdoc/>
    public static int TryReadArrayHeader(ReadOnlySpan<byte> source, out uint count)
    {
        count = 0;
        if (source.IsEmpty)
        {
            return 0;
        }

        switch (source[0])
        {
            case >= MessageFormat.FixArray and < MessageFormat.FixString:
                count = (uint)(source[0] & MessageFormat.MaxFixArray);
                return 1;
            case MessageFormat.Array16:
                return TryReadLength(source, sizeof(ushort), MessageFormat.MaxFixArray, out count);
            case MessageFormat.Array32:
                return TryReadLength(source, sizeof(uint), ushort.MaxValue, out count);
            default:
                return 0;
        }
    }

    /// <inheritdoc/>
    public static int TryReadBinaryHeader(ReadOnlySpan<byte> source, out uint length)
    {
        length = 0;
        if (source.IsEmpty)
        {
            return 0;
        }

        return source[0] switch
        {
            MessageFormat.Binary8 => TryReadLength(source, sizeof(byte), -1, out length),
            MessageFormat.Binary16 => TryReadLength(source, sizeof(ushort), byte.MaxValue, out length),
            MessageFormat.Binary32 => TryReadLength(source, sizeof(uint), ushort.MaxValue, out length),
            _ => 0,
        };
    }

    /// <inheritdoc/>
    public static int TryReadStringHeader(ReadOnlySpan<byte> source, out uint length)
    {
        length = 0;
        if (source.IsEmpty)
        {
            return 0;
        }

        switch (source[0])
        {
            case >= MessageFormat.FixString and < MessageFormat.Nil:
                length = (uint)(source[0] & MessageFormat.MaxFixString);
                return 1;
            case MessageFormat.String8:
                return TryReadLength(source, sizeof(byte), MessageFormat.MaxFixString, out length);
            case MessageFormat.String16:
                return TryReadLength(source, sizeof(ushort), byte.MaxValue, out length);
            case MessageFormat.String32:
                return TryReadLength(source, sizeof(uint), ushort.MaxValue, out length);
            default:
                return 0;
        }
    }

    // A length of 1, 2 or 4 bytes behind the format; one that a shorter form holds is refused.
    private static int TryReadLength(ReadOnlySpan<byte> source, int size, int greatestOfShorterForm, out uint length)
    {
        length = 0;
        if (source.Length <= size)
        {
            return 0;
        }

        var read = size switch
        {
            sizeof(byte) => source[1],
            sizeof(ushort) => ReadUInt16BigEndian(source[1..]),
            _ => ReadUInt32BigEndian(source[1..]),
        };
        if (read <= greatestOfShorterForm)
        {
            return 0;
        }

        length = read;
        return 1 + size;
    }

    private static int Accept(ulong read, ulong greatestOfShorterForm, int size, ref ulong value)
    {
        if (read <= greatestOfShorterForm)
        {
            return 0;
        }

        value = read;
        return 1 + size;
    }

    private static int Accept(long read, long leastOfShorterForm, int size, ref long value)
    {
        if (read >= leastOfShorterForm)
        {
            return 0;
        }

        value = read;
        return 1 + size;
    }
}
