using System.Reflection;
using DecodeResult = global::MessagePack.MessagePackPrimitives.DecodeResult;
using Primitives = global::MessagePack.MessagePackPrimitives;

namespace Mesh.Core.Wire.MessagePack.Packaged;

/// <summary>Numbers and headers by the package MessagePack, held to the shortest forms.</summary>
/// <remarks>
/// Its primitives on spans are used and nothing else of it: no serializer, no resolver, no compression, so none of what
/// the package's advisories were about. The package takes every form of a number; what it read is accepted only where
/// the shortest form has the same size and sign.
/// </remarks>
internal sealed class PackagedCodec : IMessageCodec
{
    private PackagedCodec()
    {
    }

    /// <inheritdoc/>
    public static string Description { get; } = $"MessagePack {PackageVersion()}";

    /// <inheritdoc/>
    public static int TryReadUnsigned(ReadOnlySpan<byte> source, out ulong value)
    {
        // A value that is not negative has signed forms too, which the package reads and the wire has not.
        return IsUnsigned(source)
            && Primitives.TryReadUInt64(source, out value, out var size) == DecodeResult.Success
            && size == UnsignedBytes(value)
            ? size
            : Refuse(out value);
    }

    /// <inheritdoc/>
    public static int TryReadSigned(ReadOnlySpan<byte> source, out long value)
    {
        if (IsUnsigned(source))
        {
            var size = TryReadUnsigned(source, out var unsigned);
            value = (long)unsigned;
            return value < 0 ? Refuse(out value) : size;
        }

        return Primitives.TryReadInt64(source, out value, out var read) == DecodeResult.Success
            && read == NegativeBytes(value)
            ? read
            : Refuse(out value);
    }

    /// <inheritdoc/>
    public static int TryReadDouble(ReadOnlySpan<byte> source, out double value)
    {
        // The package also reads integers and float32 as a double.
        return !source.IsEmpty && source[0] == MessageFormat.Float64
            && Primitives.TryReadDouble(source, out value, out var size) == DecodeResult.Success
            ? size
            : Refuse(out value);
    }

    /// <inheritdoc/>
    public static int TryReadArrayHeader(ReadOnlySpan<byte> source, out uint count)
    {
        return Primitives.TryReadArrayHeader(source, out count, out var size) == DecodeResult.Success
            && size == ArrayHeaderBytes(count)
            ? size
            : Refuse(out count);
    }

    /// <inheritdoc/>
    public static int TryReadBinaryHeader(ReadOnlySpan<byte> source, out uint length)
    {
        return Primitives.TryReadBinHeader(source, out length, out var size) == DecodeResult.Success
            && size == BinaryHeaderBytes(length)
            ? size
            : Refuse(out length);
    }

    /// <inheritdoc/>
    public static int TryReadStringHeader(ReadOnlySpan<byte> source, out uint length)
    {
        return Primitives.TryReadStringHeader(source, out length, out var size) == DecodeResult.Success
            && size == StringHeaderBytes(length)
            ? size
            : Refuse(out length);
    }

    /// <inheritdoc/>
    public static int TryWriteUnsigned(Span<byte> destination, ulong value) =>
        Primitives.TryWrite(destination, value, out var size) ? size : 0;

    /// <inheritdoc/>
    public static int TryWriteSigned(Span<byte> destination, long value) =>
        Primitives.TryWrite(destination, value, out var size) ? size : 0;

    /// <inheritdoc/>
    public static int TryWriteDouble(Span<byte> destination, double value) =>
        Primitives.TryWrite(destination, value, out var size) ? size : 0;

    /// <inheritdoc/>
    public static int TryWriteArrayHeader(Span<byte> destination, uint count) =>
        Primitives.TryWriteArrayHeader(destination, count, out var size) ? size : 0;

    /// <inheritdoc/>
    public static int TryWriteBinaryHeader(Span<byte> destination, uint length) =>
        Primitives.TryWriteBinHeader(destination, length, out var size) ? size : 0;

    /// <inheritdoc/>
    public static int TryWriteStringHeader(Span<byte> destination, uint length) =>
        Primitives.TryWriteStringHeader(destination, length, out var size) ? size : 0;

    private static bool IsUnsigned(ReadOnlySpan<byte> source) => !source.IsEmpty
        && source[0] is <= MessageFormat.MaxPositiveFixInt or (>= MessageFormat.UInt8 and <= MessageFormat.UInt64);

    private static int UnsignedBytes(ulong value) => value switch
    {
        <= MessageFormat.MaxPositiveFixInt => 1,
        <= byte.MaxValue => 1 + sizeof(byte),
        <= ushort.MaxValue => 1 + sizeof(ushort),
        <= uint.MaxValue => 1 + sizeof(uint),
        _ => 1 + sizeof(ulong),
    };

    // 0 for a number that is not negative: no signed form is its own.
    private static int NegativeBytes(long value) => value switch
    {
        >= 0 => 0,
        >= MessageFormat.MinNegativeFixInt => 1,
        >= sbyte.MinValue => 1 + sizeof(sbyte),
        >= short.MinValue => 1 + sizeof(short),
        >= int.MinValue => 1 + sizeof(int),
        _ => 1 + sizeof(long),
    };

    private static int ArrayHeaderBytes(uint count) => count switch
    {
        <= MessageFormat.MaxFixArray => 1,
        <= ushort.MaxValue => 1 + sizeof(ushort),
        _ => 1 + sizeof(uint),
    };

    private static int BinaryHeaderBytes(uint length) => length switch
    {
        <= byte.MaxValue => 1 + sizeof(byte),
        <= ushort.MaxValue => 1 + sizeof(ushort),
        _ => 1 + sizeof(uint),
    };

    private static int StringHeaderBytes(uint length) => length switch
    {
        <= MessageFormat.MaxFixString => 1,
        _ => BinaryHeaderBytes(length),
    };

    private static int Refuse<T>(out T value)
        where T : struct
    {
        value = default;
        return 0;
    }

    private static string PackageVersion() =>
        typeof(Primitives).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0];
}
