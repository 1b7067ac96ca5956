using static System.Buffers.Binary.BinaryPrimitives;

namespace Mesh.Core.Wire.MessagePack;

/// <summary>Reads the headers of arrays, bins and strings: a count or a length in its shortest form only.</summary>
internal static class MessageHeader
{
    /// <summary>Reads the header of an array.</summary>
    /// <returns>How many bytes the header took, or 0 when it is none, cut off, or not in its shortest form.</returns>
    public static int TryReadArray(ReadOnlySpan<byte> source, out uint count)
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

    /// <summary>Reads the header of a bin.</summary>
    /// <returns>How many bytes the header took, or 0 when it is none, cut off, or not in its shortest form.</returns>
    public static int TryReadBinary(ReadOnlySpan<byte> source, out uint length)
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

    /// <summary>Reads the header of a string.</summary>
    /// <returns>How many bytes the header took, or 0 when it is none, cut off, or not in its shortest form.</returns>
    public static int TryReadString(ReadOnlySpan<byte> source, out uint length)
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
}
