using System.Runtime.CompilerServices;

namespace Mesh.Core.Wire.MessagePack;

/// <summary>Numbers that are not negative where there is room for any: faster than a reader or a writer.</summary>
internal static class MessageInteger
{
    /// <summary>Writes a number.</summary>
    /// <param name="destination">At least <see cref="MessageFormat.MaxNumberBytes"/>.</param>
    /// <param name="value">The number.</param>
    /// <returns>How many bytes it took.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int WriteUnsigned(Span<byte> destination, ulong value)
    {
        if (value > MessageFormat.MaxPositiveFixInt)
        {
            return MessageCodec.TryWriteUnsigned(destination, value);
        }

        destination[0] = (byte)value;
        return 1;
    }

    /// <summary>Reads a number.</summary>
    /// <param name="source">At least <see cref="MessageFormat.MaxNumberBytes"/> from the position on.</param>
    /// <param name="position">Where the number begins; moved behind it.</param>
    /// <returns>The number, or 2^64 − 1 for what is none or not in its shortest form.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong ReadUnsigned(ReadOnlySpan<byte> source, ref int position)
    {
        var format = source[position];
        if (format > MessageFormat.MaxPositiveFixInt)
        {
            var size = MessageCodec.TryReadUnsigned(source[position..], out var value);
            position += size;
            return size > 0 ? value : ulong.MaxValue;
        }

        position++;
        return format;
    }
}
