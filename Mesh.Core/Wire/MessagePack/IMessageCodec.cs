namespace Mesh.Core.Wire.MessagePack;

/// <summary>
/// The seam below reader and writer: numbers and headers of MessagePack, each in its one legal form. One provider per
/// stack, named <c>MessageCodec</c> by the project file.
/// </summary>
/// <remarks>
/// Stateless, never allocates, never throws whatever the bytes are. A reading method gives the size of what it read, or
/// 0 for a value of another type, cut off, or not in its shortest form; a writing one gives the size of what it wrote,
/// or 0, and then has written nothing, when there is no room.
/// </remarks>
internal interface IMessageCodec
{
    /// <summary>Whose code it is, with its version, for people.</summary>
    static abstract string Description { get; }

    /// <summary>Reads a number that is not negative; it has unsigned forms alone.</summary>
    static abstract int TryReadUnsigned(ReadOnlySpan<byte> source, out ulong value);

    /// <summary>Reads a number of -2^63 to 2^63 - 1; one that is not negative has unsigned forms alone.</summary>
    static abstract int TryReadSigned(ReadOnlySpan<byte> source, out long value);

    /// <summary>Reads a float64.</summary>
    static abstract int TryReadDouble(ReadOnlySpan<byte> source, out double value);

    /// <summary>Reads the header of an array; the count is the sender's word.</summary>
    static abstract int TryReadArrayHeader(ReadOnlySpan<byte> source, out uint count);

    /// <summary>Reads the header of a bin; the length is the sender's word.</summary>
    static abstract int TryReadBinaryHeader(ReadOnlySpan<byte> source, out uint length);

    /// <summary>Reads the header of a string; the length is the sender's word.</summary>
    static abstract int TryReadStringHeader(ReadOnlySpan<byte> source, out uint length);

    /// <summary>Writes a number that is not negative.</summary>
    static abstract int TryWriteUnsigned(Span<byte> destination, ulong value);

    /// <summary>Writes a number that may be negative.</summary>
    static abstract int TryWriteSigned(Span<byte> destination, long value);

    /// <summary>Writes a float64.</summary>
    static abstract int TryWriteDouble(Span<byte> destination, double value);

    /// <summary>Writes the header of an array.</summary>
    static abstract int TryWriteArrayHeader(Span<byte> destination, uint count);

    /// <summary>Writes the header of a bin.</summary>
    static abstract int TryWriteBinaryHeader(Span<byte> destination, uint length);

    /// <summary>Writes the header of a string.</summary>
    static abstract int TryWriteStringHeader(Span<byte> destination, uint length);
}
