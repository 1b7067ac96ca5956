using System.Runtime.CompilerServices;
using static System.Buffers.Binary.BinaryPrimitives;

namespace Mesh.Core.Wire.MessagePack;

/// <summary>Reads the integer forms of MessagePack, the shortest one of each value only.</summary>
/// <remarks>A value that is not negative has unsigned forms alone, so 2^63 − 1 has one form and not two.</remarks>
internal static class MessageInteger
{
    /// <summary>Writes a number that is not negative where there is room for it, faster than a writer does.</summary>
    /// <param name="destination">At least <see cref="MessageFormat.MaxNumberBytes"/>.</param>
    /// <param name="value">The number.</param>
    /// <returns>How many bytes it took.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int WriteUnsigned(Span<byte> destination, ulong value)
    {
        if (value > MessageFormat.MaxPositiveFixInt)
        {
            return WriteUnsignedSlow(destination, value);
        }

        destination[0] = (byte)value;
        return 1;
    }

    /// <summary>Reads a number that is not negative.</summary>
    /// <returns>How many bytes it took, or 0 when it is none, cut off, or not in its shortest form.</returns>
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

    /// <summary>Reads a number that is not negative where there is room for any, faster than a reader does.</summary>
    /// <param name="source">At least <see cref="MessageFormat.MaxNumberBytes"/> from the position on.</param>
    /// <param name="position">Where the number begins; moved behind it.</param>
    /// <returns>The number, or 2^64 − 1 for what is none or not in its shortest form.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong ReadUnsigned(ReadOnlySpan<byte> source, ref int position)
    {
        var format = source[position];
        if (format > MessageFormat.MaxPositiveFixInt)
        {
            var size = TryReadUnsigned(source[position..], out var value);
            position += size;
            return size > 0 ? value : ulong.MaxValue;
        }

        position++;
        return format;
    }

    /// <summary>Reads a number that may be negative.</summary>
    /// <returns>How many bytes it took, or 0 when it is none, beyond 64 bits, cut off, or not shortest.</returns>
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

    private static int WriteUnsignedSlow(Span<byte> destination, ulong value)
    {
        switch (value)
        {
            case <= byte.MaxValue:
                destination[0] = MessageFormat.UInt8;
                destination[1] = (byte)value;
                return 1 + sizeof(byte);
            case <= ushort.MaxValue:
                destination[0] = MessageFormat.UInt16;
                WriteUInt16BigEndian(destination[1..], (ushort)value);
                return 1 + sizeof(ushort);
            case <= uint.MaxValue:
                destination[0] = MessageFormat.UInt32;
                WriteUInt32BigEndian(destination[1..], (uint)value);
                return 1 + sizeof(uint);
            default:
                destination[0] = MessageFormat.UInt64;
                WriteUInt64BigEndian(destination[1..], value);
                return 1 + sizeof(ulong);
        }
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
